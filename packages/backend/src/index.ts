import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-github-provider'));
backend.add(import('@backstage/plugin-auth-backend-module-oidc-provider'));
backend.add(import('@llm-platform/plugin-auth-backend-module-personas'));

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('@llm-platform/plugin-permission-backend-module-platform'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(import('@llm-platform/plugin-catalog-backend-module-models'));

backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));

backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(import('@backstage/plugin-scaffolder-backend-module-github'));
backend.add(import('@backstage/plugin-scaffolder-backend-module-gitlab'));
backend.add(import('@llm-platform/plugin-scaffolder-backend-module-models'));

backend.add(import('@backstage/plugin-kubernetes-backend'));
backend.add(import('@llm-platform/plugin-kubernetes-backend-module-models'));

backend.add(import('@llm-platform/plugin-models-backend'));
backend.add(import('@llm-platform/plugin-playground-backend'));
backend.add(import('@llm-platform/plugin-grafana-panels-backend'));

backend.start();
