export * from './FigureMeter';
export * from './reducer';
export * from './request';
export * from './types';
export * from './useChat';
export * from './useConversation';
