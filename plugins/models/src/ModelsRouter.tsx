import { Route, Routes, useParams } from 'react-router-dom';
import { ModelsPage } from './list';
import { ModelPage } from './model';

/** The list, and below it the page of each model. */
export function ModelsRouter() {
  return (
    <Routes>
      <Route index element={<ModelsPage />} />
      <Route path=":cluster/:namespace/:name/*" element={<ModelFromUrl />} />
    </Routes>
  );
}

function ModelFromUrl() {
  const { cluster = '', namespace = '', name = '' } = useParams();
  // Another model is another page: no log or dialog carries over.
  return (
    <ModelPage
      key={`${cluster}/${namespace}/${name}`}
      modelRef={{ cluster, namespace, name }}
    />
  );
}
