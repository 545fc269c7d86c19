import {
  coreExtensionData,
  createExtension,
  createExtensionInput,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { SidebarPinStateProvider } from '@backstage/core-components';
import { NavContentBlueprint } from '@backstage/plugin-app-react';
import { Navigation } from './Navigation';
import css from './nav.module.css';

/** Our navigation can't be unpinned; `isMobile` takes that switch off the settings page. */
const NO_PIN = {
  isPinned: true,
  isMobile: true,
  toggleSidebarPinState: () => undefined,
};

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
      <SidebarPinStateProvider value={NO_PIN}>
        <div className={css.layout}>
          {inputs.nav.get(coreExtensionData.reactElement)}
          <main id="content" className={css.content} tabIndex={-1}>
            {inputs.content.get(coreExtensionData.reactElement)}
          </main>
        </div>
      </SidebarPinStateProvider>,
    ),
  ],
});

export const navModule = createFrontendModule({
  pluginId: 'app',
  extensions: [navContent, layout],
});
