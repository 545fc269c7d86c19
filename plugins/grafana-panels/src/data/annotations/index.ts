export { useAnnotations, type AnnotationMarks } from './useAnnotations';
