import { Route, Routes, useParams } from 'react-router-dom';
import { ButtonLink } from '@backstage/ui';
import {
  EmptyState,
  links,
  PageFrame,
  type ModelTab,
} from '@llm-platform/plugin-models-react';
import { ModelsPage } from './list';
import { ModelPage } from './model';

/** The list, and below it the page of each model; `tabs` are those of other plugins. */
export function ModelsRouter(props: { tabs?: ModelTab[] }) {
  return (
    <Routes>
      <Route index element={<ModelsPage />} />
      <Route
        path=":cluster/:namespace/:name/*"
        element={<ModelFromUrl tabs={props.tabs} />}
      />
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}

function NotFound() {
  return (
    <PageFrame title="Models">
      <EmptyState
        title="There is no such page"
        description="The address of a model is its cluster, namespace and name."
        action={
          <ButtonLink size="small" variant="secondary" href={links.models()}>
            All models
          </ButtonLink>
        }
      />
    </PageFrame>
  );
}

function ModelFromUrl(props: { tabs?: ModelTab[] }) {
  const { cluster = '', namespace = '', name = '' } = useParams();
  // Another model is another page: no log or dialog carries over.
  return (
    <ModelPage
      key={`${cluster}/${namespace}/${name}`}
      modelRef={{ cluster, namespace, name }}
      tabs={props.tabs}
    />
  );
}
