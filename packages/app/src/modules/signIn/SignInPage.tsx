import { useCallback, useMemo, useState } from 'react';
import { ProxiedSignInPage } from '@backstage/core-components';
import {
  configApiRef,
  useApi,
  type IdentityApi,
} from '@backstage/core-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { Button } from '@backstage/ui';
import { LogoMark } from '../nav/Logo';
import {
  forgettingIdentity,
  readPersonas,
  rememberedPersona,
  rememberPersona,
  type Persona,
} from './personas';
import { ProviderButtons } from './ProviderButtons';
import css from './SignInPage.module.css';

/** Configured identity providers, and on the embedded cluster the development personas. */
export function SignInPage(props: SignInPageProps) {
  const { onSignInSuccess } = props;
  const config = useApi(configApiRef);
  const personas = useMemo(() => readPersonas(config), [config]);
  const providers = config.getOptionalStringArray('app.signIn.providers') ?? [];
  const [chosen, setChosen] = useState(() => rememberedPersona(personas));

  const succeed = useCallback(
    (identity: IdentityApi) => {
      rememberPersona(chosen);
      onSignInSuccess(forgettingIdentity(identity));
    },
    [chosen, onSignInSuccess],
  );
  const Failure = useMemo(
    () =>
      function SignInFailure({ error }: { error?: Error }) {
        return (
          <Frame title={config.getOptionalString('app.title')}>
            <div role="alert" className={css.failure}>
              <p>
                Signing in as {chosen?.title} failed: {error?.message}
              </p>
              <Button
                variant="secondary"
                onPress={() => {
                  rememberPersona(undefined);
                  setChosen(undefined);
                }}
              >
                Choose again
              </Button>
            </div>
          </Frame>
        );
      },
    [chosen, config],
  );

  if (chosen) {
    return (
      <ProxiedSignInPage
        provider="personas"
        headers={{ 'x-llmp-persona': chosen.entityRef }}
        onSignInSuccess={succeed}
        ErrorComponent={Failure}
      />
    );
  }
  return (
    <Frame title={config.getOptionalString('app.title')}>
      {personas.length > 0 ? (
        <PersonaList personas={personas} onChoose={setChosen} />
      ) : undefined}
      <ProviderButtons
        providers={providers}
        onSignInSuccess={onSignInSuccess}
      />
      {personas.length + providers.length === 0 ? (
        <p className={css.hint}>
          No way to sign in is configured. Set app.signIn.providers, or
          app.personas for development.
        </p>
      ) : undefined}
    </Frame>
  );
}

function Frame(props: { title?: string; children: React.ReactNode }) {
  return (
    <main className={css.page}>
      <div className={css.box}>
        <div className={css.brand}>
          <LogoMark />
          <h1>{props.title ?? 'LLM Platform'}</h1>
        </div>
        {props.children}
      </div>
    </main>
  );
}

function PersonaList(props: {
  personas: Persona[];
  onChoose: (persona: Persona) => void;
}) {
  return (
    <>
      <p className={css.hint}>
        Choose who you are. These identities exist only for development.
      </p>
      <ul className={css.list}>
        {props.personas.map(persona => (
          <li key={persona.entityRef}>
            <button
              type="button"
              className={css.persona}
              onClick={() => props.onChoose(persona)}
            >
              <span className={css.avatar} aria-hidden="true">
                {persona.title.charAt(0)}
              </span>
              <span className={css.text}>
                <span className={css.name}>{persona.title}</span>
                {persona.description ? (
                  <span className={css.description}>{persona.description}</span>
                ) : undefined}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
