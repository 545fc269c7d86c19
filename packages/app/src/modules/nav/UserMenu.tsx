import { useEffect, useState } from 'react';
import {
  appThemeApiRef,
  errorApiRef,
  identityApiRef,
  useApi,
} from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import {
  Button,
  Menu,
  MenuItem,
  MenuSeparator,
  MenuTrigger,
} from '@backstage/ui';
import {
  RiComputerLine,
  RiLogoutBoxRLine,
  RiMoonLine,
  RiSunLine,
} from '@remixicon/react';
import css from './nav.module.css';

/** Who is signed in; appearance; sign out. */
export function UserMenu() {
  const identityApi = useApi(identityApiRef);
  const appThemeApi = useApi(appThemeApiRef);
  const errorApi = useApi(errorApiRef);
  const [name, setName] = useState('');

  useEffect(() => {
    let current = true;
    Promise.all([
      identityApi.getProfileInfo(),
      identityApi.getBackstageIdentity(),
    ]).then(
      ([profile, identity]) =>
        current &&
        setName(
          profile.displayName ?? identity.userEntityRef.replace(/^.*\//, ''),
        ),
      error => errorApi.post(toError(error)),
    );
    return () => {
      current = false;
    };
  }, [identityApi, errorApi]);

  return (
    <MenuTrigger>
      <Button variant="tertiary" className={css.user}>
        <span className={css.avatar} aria-hidden="true">
          {name.charAt(0).toUpperCase()}
        </span>
        <span className={css.label}>{name}</span>
      </Button>
      <Menu placement="top start">
        <MenuItem
          iconStart={<RiSunLine />}
          onAction={() => appThemeApi.setActiveThemeId('light')}
        >
          Light
        </MenuItem>
        <MenuItem
          iconStart={<RiMoonLine />}
          onAction={() => appThemeApi.setActiveThemeId('dark')}
        >
          Dark
        </MenuItem>
        <MenuItem
          iconStart={<RiComputerLine />}
          onAction={() => appThemeApi.setActiveThemeId(undefined)}
        >
          As the system
        </MenuItem>
        <MenuSeparator />
        <MenuItem
          iconStart={<RiLogoutBoxRLine />}
          onAction={() => {
            identityApi.signOut().catch(error => errorApi.post(toError(error)));
          }}
        >
          Sign out
        </MenuItem>
      </Menu>
    </MenuTrigger>
  );
}
