import {
  coreExtensionData,
  createExtension,
  createExtensionInput,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { NavContentBlueprint } from '@backstage/plugin-app-react';
import { Navigation } from './Navigation';
import css from './nav.module.css';

const navContent = NavContentBlueprint.make({
  params: { component: Navigation },
});

// Replaces the app plugin's layout of the same id, which assumes Backstage's own sidebar.
const layout = createExtension({
  name: 'layout',
  attachTo: { id: 'app/root', input: 'children' },
  inputs: {
    nav: createExtensionInput([coreExtensionData.reactElement], {
      singleton: true,
    }),
    content: createExtensionInput([coreExtensionData.reactElement], {
      singleton: true,
    }),
  },
  output: [coreExtensionData.reactElement],
  factory: ({ inputs }) => [
    coreExtensionData.reactElement(
      <div className={css.layout}>
        {inputs.nav.get(coreExtensionData.reactElement)}
        <main id="content" className={css.content} tabIndex={-1}>
          {inputs.content.get(coreExtensionData.reactElement)}
        </main>
      </div>,
    ),
  ],
});

export const navModule = createFrontendModule({
  pluginId: 'app',
  extensions: [navContent, layout],
});
