export { links } from './links';
