export { StateMark, type StateMarkProps } from './StateMark';
export { StateIcon, type StateIconProps } from './StateIcon';
export { STATE_MEANING, STATE_ORDER, needsAttention } from './vocabulary';
