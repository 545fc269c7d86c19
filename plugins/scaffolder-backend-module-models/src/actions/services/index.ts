import { createServiceApplyAction } from './apply';
import { createBuildImageAction } from './buildImage';
import { createServiceContentAction } from './content';
import { createServicePreflightAction } from './preflight';
import { createPublishLocalAction } from './publishLocal';
import type { ServiceTools } from './tools';
import { createServiceUndoAction } from './undo';
import { createServiceWaitReadyAction } from './waitReady';

export type { ServiceTools } from './tools';

/** The actions that make team services, in the order of a template. */
export function createServiceActions(tools: ServiceTools) {
  return [
    createServicePreflightAction(tools),
    createServiceContentAction(tools),
    createBuildImageAction(tools),
    createPublishLocalAction(tools),
    createServiceApplyAction(tools),
    createServiceWaitReadyAction(tools),
    createServiceUndoAction(tools),
  ] as const;
}
