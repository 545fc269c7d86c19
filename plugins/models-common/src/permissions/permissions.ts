import { createPermission } from '@backstage/plugin-permission-common';

/** Resource type of what a team owns on a cluster, models and services; rules see {@link ModelResource}. @public */
export const RESOURCE_TYPE_MODEL_DEPLOYMENT = 'model-deployment';

/** What permission rules judge: only the owner matters. @public */
export interface ModelResource {
  team: string;
}

/** See a model deployment, its pods, events and logs. @public */
export const modelReadPermission = createPermission({
  name: 'llm.model.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_MODEL_DEPLOYMENT,
});

/** Create a model deployment in a namespace of the team. @public */
export const modelCreatePermission = createPermission({
  name: 'llm.model.create',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_MODEL_DEPLOYMENT,
});

/** Change, stop or start a model deployment. @public */
export const modelUpdatePermission = createPermission({
  name: 'llm.model.update',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_MODEL_DEPLOYMENT,
});

/** @public */
export const modelDeletePermission = createPermission({
  name: 'llm.model.delete',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_MODEL_DEPLOYMENT,
});

/** Send prompts to a model through the playground. @public */
export const modelUsePermission = createPermission({
  name: 'llm.model.use',
  attributes: {},
  resourceType: RESOURCE_TYPE_MODEL_DEPLOYMENT,
});

/** See a team service, its pods and events. @public */
export const serviceReadPermission = createPermission({
  name: 'llm.service.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_MODEL_DEPLOYMENT,
});

/** Make a team service: its repository, image, gateway key and objects. @public */
export const serviceCreatePermission = createPermission({
  name: 'llm.service.create',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_MODEL_DEPLOYMENT,
});

/** Delete a team service and its gateway key. @public */
export const serviceDeletePermission = createPermission({
  name: 'llm.service.delete',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_MODEL_DEPLOYMENT,
});

/** Figures of the whole platform (capacity, nodes) without names of other teams' models. @public */
export const platformReadPermission = createPermission({
  name: 'llm.platform.read',
  attributes: { action: 'read' },
});

/** @public */
export const modelPermissions = [
  modelReadPermission,
  modelCreatePermission,
  modelUpdatePermission,
  modelDeletePermission,
  modelUsePermission,
  serviceReadPermission,
  serviceCreatePermission,
  serviceDeletePermission,
  platformReadPermission,
];
