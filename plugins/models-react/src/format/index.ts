export {
  formatAgo,
  formatCount,
  formatDuration,
  formatGiB,
  formatTime,
  plural,
  shortNode,
} from './format';
