import type { ReactNode } from 'react';
import { QueryClientProvider } from '@tanstack/react-query';
import { useApi } from '@backstage/core-plugin-api';
import { modelsApiRef } from '../api';
import { ModelsData } from './ModelsData';

/** @public */
export interface ModelsQueryProviderProps {
  children?: ReactNode;
}

/**
 * Our QueryClient for components that call TanStack Query themselves. The hooks of this package
 * don't need it.
 *
 * @public
 */
export function ModelsQueryProvider(props: ModelsQueryProviderProps) {
  const api = useApi(modelsApiRef);
  return (
    <QueryClientProvider client={ModelsData.for(api).client}>
      {props.children}
    </QueryClientProvider>
  );
}
