export { Message } from './Message';
export { StaleMark } from './StaleMark';
