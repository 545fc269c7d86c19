import { useState } from 'react';
import { UserIdentity } from '@backstage/core-components';
import {
  githubAuthApiRef,
  useApiHolder,
  type ApiRef,
  type BackstageIdentityApi,
  type IdentityApi,
  type ProfileInfoApi,
  type SessionApi,
} from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import { Button } from '@backstage/ui';
import { oidcAuthApiRef } from './oidcAuthApi';
import css from './SignInPage.module.css';

type SignInApi = ProfileInfoApi & BackstageIdentityApi & SessionApi;

const PROVIDERS: Record<string, { title: string; api: ApiRef<SignInApi> }> = {
  github: { title: 'GitHub', api: githubAuthApiRef },
  oidc: { title: 'single sign-on', api: oidcAuthApiRef },
};

/** One button per provider in `app.signIn.providers`. */
export function ProviderButtons(props: {
  providers: string[];
  onSignInSuccess: (identity: IdentityApi) => void;
}) {
  const apis = useApiHolder();
  const [error, setError] = useState<string>();

  const signIn = async (id: string) => {
    setError(undefined);
    try {
      const authApi = apis.get(PROVIDERS[id].api);
      const identity = await authApi?.getBackstageIdentity({
        instantPopup: true,
      });
      if (!authApi || !identity) {
        throw new Error(`The provider ${id} returned no identity`);
      }
      props.onSignInSuccess(
        UserIdentity.create({
          identity: identity.identity,
          authApi,
          profile: await authApi.getProfile(),
        }),
      );
    } catch (e) {
      setError(toError(e).message);
    }
  };

  return (
    <>
      {props.providers.map(id =>
        PROVIDERS[id] ? (
          <Button key={id} variant="primary" onPress={() => signIn(id)}>
            Sign in with {PROVIDERS[id].title}
          </Button>
        ) : (
          <p key={id} role="alert" className={css.hint}>
            app.signIn.providers names {id}; known are{' '}
            {Object.keys(PROVIDERS).join(', ')}.
          </p>
        ),
      )}
      {error ? (
        <p role="alert" className={css.hint}>
          Signing in failed: {error}
        </p>
      ) : undefined}
    </>
  );
}
