import { createApp } from '@backstage/frontend-defaults';
import { navModule } from './modules/nav';
import { signInModule } from './modules/signIn';
import { themeModule } from './modules/theme';

// Plugins come from the dependencies of this package (`app.packages: all`).
export default createApp({
  features: [themeModule, navModule, signInModule],
});
