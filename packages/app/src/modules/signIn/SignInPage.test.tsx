import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import type { IdentityApi } from '@backstage/core-plugin-api';
import { SignInPage } from './SignInPage';

const personas = [
  { entityRef: 'user:default/mia', title: 'Mia', description: 'ML engineer' },
  { entityRef: 'user:default/pat', title: 'Pat' },
];

type AppConfig = NonNullable<
  NonNullable<Parameters<typeof renderInTestApp>[1]>['config']
>['app'];

function renderSignIn(app: AppConfig, onSignInSuccess = jest.fn()) {
  renderInTestApp(<SignInPage onSignInSuccess={onSignInSuccess} />, {
    config: { app },
    apis: [mockApis.discovery({ baseUrl: 'http://portal' })],
  });
  return onSignInSuccess;
}

/** What the provider `personas` answers; Backstage's identity uses the global fetch. */
function answer(status: number, body: unknown) {
  const fetchMock = jest.fn(async () => ({
    ok: status === 200,
    status,
    statusText: 'Forbidden',
    headers: new Map([['content-type', 'application/json']]),
    json: async () => body,
    text: async () => JSON.stringify(body),
  }));
  Object.defineProperty(window, 'fetch', {
    configurable: true,
    writable: true,
    value: fetchMock,
  });
  Object.defineProperty(global, 'fetch', {
    configurable: true,
    writable: true,
    value: fetchMock,
  });
  return fetchMock as jest.Mock;
}

const session = {
  providerInfo: {},
  profile: { displayName: 'Mia' },
  backstageIdentity: {
    token: `x.${btoa(JSON.stringify({ exp: 4_000_000_000 }))}.y`,
    identity: {
      type: 'user',
      userEntityRef: 'user:default/mia',
      ownershipEntityRefs: ['user:default/mia'],
    },
  },
};

describe('SignInPage', () => {
  beforeEach(() => window.localStorage.clear());

  it('signs the chosen persona in, remembers it, and forgets it on sign-out', async () => {
    const user = userEvent.setup();
    const fetchMock = answer(200, session);
    const onSignInSuccess = renderSignIn({ title: 'Portal', personas });

    await user.click(await screen.findByRole('button', { name: /Mia/ }));
    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalled());

    const [url, init] = fetchMock.mock.calls[0];
    expect(url).toBe('http://portal/api/auth/personas/refresh');
    expect(new Headers(init.headers).get('x-llmp-persona')).toBe(
      'user:default/mia',
    );
    const stored = () => Object.values({ ...window.localStorage });
    expect(stored()).toContain('user:default/mia');

    const identity = onSignInSuccess.mock.calls[0][0] as IdentityApi;
    expect(await identity.getProfileInfo()).toEqual({ displayName: 'Mia' });
    expect(await identity.getBackstageIdentity()).toMatchObject({
      userEntityRef: 'user:default/mia',
    });
    await identity.signOut();
    expect(stored()).not.toContain('user:default/mia');
  });

  it('says why a sign-in failed and leads back to the choice', async () => {
    const user = userEvent.setup();
    answer(403, {
      error: { name: 'NotAllowedError', message: 'no such user' },
    });
    renderSignIn({ personas });

    await user.click(await screen.findByRole('button', { name: /Pat/ }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Signing in as Pat failed',
    );
    await user.click(screen.getByRole('button', { name: 'Choose again' }));
    expect(
      await screen.findByRole('button', { name: /Mia/ }),
    ).toBeInTheDocument();
  });

  it('offers the configured providers, and says when none is', async () => {
    renderSignIn({ signIn: { providers: ['github', 'oidc', 'ldap'] } });
    expect(
      await screen.findByRole('button', { name: 'Sign in with GitHub' }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Sign in with single sign-on' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('alert')).toHaveTextContent('names ldap');
  });

  it('says what to configure when there is no way in', async () => {
    renderSignIn({});
    expect(
      await screen.findByText(/No way to sign in is configured/),
    ).toBeInTheDocument();
  });
});
