import {
  createExtensionBlueprint,
  createExtensionDataRef,
  ExtensionBoundary,
} from '@backstage/frontend-plugin-api';
import type { ModelDeploymentDetail } from '@llm-platform/plugin-models-common';

/** @public */
export interface ModelTabProps {
  model: ModelDeploymentDetail;
}

/** @public */
export interface ModelTab {
  /** Last part of the address. */
  path: string;
  title: string;
  Content: (props: ModelTabProps) => JSX.Element;
}

/** @public */
export const modelTabDataRef = createExtensionDataRef<ModelTab>().with({
  id: 'models.tab',
});

/** A tab that another plugin puts on the page of a model. @public */
export const ModelTabBlueprint = createExtensionBlueprint({
  kind: 'model-tab',
  attachTo: { id: 'page:models', input: 'tabs' },
  output: [modelTabDataRef],
  *factory(
    params: {
      path: string;
      title: string;
      loader: () => Promise<ModelTab['Content']>;
    },
    { node },
  ) {
    yield modelTabDataRef({
      path: params.path,
      title: params.title,
      Content: ExtensionBoundary.lazyComponent(node, params.loader),
    });
  },
});
