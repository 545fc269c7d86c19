import type {
  ModelCall,
  ModelCallEnd,
  ModelCallStart,
} from '@llm-platform/service-kit';
import type { Route } from '../routes';
import type { ForwardResult } from '../upstream';
import type { Call, Order } from './Call';

const OPERATIONS: Record<string, ModelCallStart['operation']> = {
  '/v1/chat/completions': 'chat',
  '/v1/completions': 'text_completion',
  '/v1/embeddings': 'embeddings',
};

/** The span of a request to a model where they are recorded; a team service records those of its own calls. */
export function beginSpan(
  call: Call,
  route: Route,
  order: Order,
): ModelCall | undefined {
  return route.kind === 'model' && call.trace.recorded
    ? call.trace.modelCall({
        operation: OPERATIONS[order.path] ?? 'chat',
        model: route.name,
        stream: call.facts.stream === true,
      })
    : undefined;
}

function errorOf(result: ForwardResult): string | undefined {
  switch (result.outcome) {
    case 'completed':
      return result.status >= 400 ? `${result.status}` : undefined;
    case 'interrupted':
      return 'upstream_interrupted';
    case 'client-gone':
      return 'client_gone';
    default:
      return result.error?.code ?? result.outcome;
  }
}

/** What the span says of an attempt; undefined is one that failed within the gateway. */
export function spanEndOf(
  route: Route,
  result: ForwardResult | undefined,
): ModelCallEnd {
  if (!result) {
    return { error: 'internal_error' };
  }
  return {
    origin: result.origin,
    responseModel: route.servedName,
    firstByteMs: result.firstByteMs,
    usage: result.usage,
    error: errorOf(result),
  };
}
