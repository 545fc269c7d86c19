import { createRouteRef } from '@backstage/frontend-plugin-api';

export const homeRouteRef = createRouteRef();
export const modelsRouteRef = createRouteRef();
export const gpusRouteRef = createRouteRef();
