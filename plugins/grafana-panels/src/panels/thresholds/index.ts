export {
  isOpaque,
  thresholdSteps,
  thresholdStyles,
  type ThresholdStyle,
} from './thresholds';
