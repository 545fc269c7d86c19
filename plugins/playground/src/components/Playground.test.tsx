import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { playgroundApiRef } from '../api';
import { model, ScriptedApi } from '../__testUtils__/ScriptedApi';
import { PlaygroundPage } from './PlaygroundPage';

function open(api: ScriptedApi, path = '/playground') {
  return renderInTestApp(<PlaygroundPage />, {
    apis: [
      mockApis.identity({ userEntityRef: 'user:default/mia' }),
      [playgroundApiRef, api],
    ],
    mountPath: '/playground',
    initialRouteEntries: [path],
  });
}

const prompt = () => screen.findByLabelText('Prompt');
const log = () => screen.findByRole('log');

describe('Playground', () => {
  beforeEach(() => {
    window.localStorage.clear();
    // Narrow: the rails are folded, which only their own tests need otherwise
    Object.assign(window, { innerWidth: 600 });
  });

  it('sends with Enter, streams, and shows the figures', async () => {
    Object.assign(window, { innerWidth: 1600 });
    const user = userEvent.setup({ delay: null });
    const api = new ScriptedApi();
    open(api);

    expect(await screen.findByText('Talk to smollm2')).toBeInTheDocument();
    await user.type(
      await prompt(),
      'What is the{Shift>}{Enter}{/Shift}capital?',
    );
    expect(await prompt()).toHaveValue('What is the\ncapital?');
    await user.keyboard('{Enter}');

    expect(api.requests[0]).toMatchObject({
      cluster: 'embedded',
      model: 'smollm2',
      messages: [{ role: 'user', content: 'What is the\ncapital?' }],
      temperature: 0.2,
      max_tokens: 512,
    });
    expect(await prompt()).toHaveValue('');
    expect(
      screen.queryByRole('button', { name: 'Send' }),
    ).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Stop' })).toBeInTheDocument();

    api.emit({ type: 'open', requestId: 'r-1' });
    api.emit({ type: 'delta', text: 'The capital is **Par' });
    expect(await screen.findByText(/The capital is/)).toBeInTheDocument();
    expect(await log()).toHaveAttribute('aria-busy', 'true');
    api.emit(
      { type: 'delta', text: 'is**.' },
      { type: 'finish', reason: 'stop' },
      { type: 'usage', promptTokens: 23, completionTokens: 118 },
    );
    api.end();

    const bold = await screen.findByText('Paris');
    expect(bold.tagName).toBe('STRONG');
    expect(
      await screen.findByText(
        /ms to first token · .*tok\/s · 23 in \/ 118 out · stop/,
      ),
    ).toBeInTheDocument();
    expect(await log()).toHaveAttribute('aria-busy', 'false');
    expect(screen.getByRole('button', { name: 'Send' })).toBeDisabled();
    const rail = screen.getByRole('complementary', {
      name: 'Figures and code',
    });
    expect(within(rail).getByText('118')).toBeInTheDocument();
    expect(
      within(rail).getByText(/Bearer \$LLM_PLATFORM_API_KEY/),
    ).toBeInTheDocument();
  });

  it('sends what was said before and labels simulated answers', async () => {
    const user = userEvent.setup({ delay: null });
    const api = new ScriptedApi();
    open(api);
    await user.click(
      await screen.findByRole('button', {
        name: 'What is the capital of France?',
      }),
    );
    api.emit(
      { type: 'simulated', what: 'answer' },
      { type: 'delta', text: 'Paris.' },
    );
    api.end();
    expect(await screen.findByText('simulated')).toBeInTheDocument();

    await waitFor(() =>
      expect(screen.getByRole('button', { name: 'Send' })).toBeInTheDocument(),
    );
    await user.type(await prompt(), 'And of Italy?{Enter}');
    expect(api.requests[1].messages).toEqual([
      { role: 'user', content: 'What is the capital of France?' },
      { role: 'assistant', content: 'Paris.' },
      { role: 'user', content: 'And of Italy?' },
    ]);
    api.end();
  });

  it('stops with Esc and keeps what arrived', async () => {
    const user = userEvent.setup({ delay: null });
    const api = new ScriptedApi();
    open(api);
    await user.type(await prompt(), 'Count{Enter}');
    api.emit({ type: 'delta', text: 'one two' });
    expect(await screen.findByText('one two')).toBeInTheDocument();

    await user.keyboard('{Escape}');
    expect(api.aborted).toBe(1);
    expect(
      await screen.findByText('You stopped this answer.'),
    ).toBeInTheDocument();
    expect(screen.getByText('one two')).toBeInTheDocument();
  });

  it('says whose error it is, keeps a broken answer, and retries beside it', async () => {
    const user = userEvent.setup({ delay: null });
    const api = new ScriptedApi();
    open(api);
    await user.type(await prompt(), 'Tell a story{Enter}');
    api.emit(
      { type: 'delta', text: 'Once upon' },
      {
        type: 'error',
        error: {
          message: 'The replica went away.',
          code: 'answer_broken_off',
          source: 'model',
        },
      },
    );
    api.end();

    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The model: the answer broke off');
    expect(alert).toHaveTextContent('The replica went away.');
    expect(screen.getByText('Once upon')).toBeInTheDocument();

    await user.click(within(alert).getByRole('button', { name: 'Retry' }));
    expect(api.requests[1].messages).toEqual(api.requests[0].messages);
    api.emit({ type: 'delta', text: 'Long ago' });
    api.end();
    expect(await screen.findByText('Long ago')).toBeInTheDocument();
    expect(screen.queryByText('Once upon')).not.toBeInTheDocument();
    expect(screen.getByText('2 / 2')).toBeInTheDocument();

    await user.click(screen.getByRole('button', { name: 'Previous answer' }));
    expect(screen.getByText('Once upon')).toBeInTheDocument();
  });

  it('offers a new conversation when the input was too long', async () => {
    const user = userEvent.setup({ delay: null });
    const api = new ScriptedApi();
    open(api);
    await user.type(await prompt(), 'x{Enter}');
    api.emit({
      type: 'error',
      error: {
        message: 'maximum context length is 2048 tokens',
        code: 'context_length_exceeded',
        source: 'input',
      },
    });
    api.end();
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('Your input');
    await user.click(
      within(alert).getByRole('button', { name: 'New conversation' }),
    );
    expect(await screen.findByText('Talk to smollm2')).toBeInTheDocument();
  });

  it('keeps conversation, draft and half an answer over a reload', async () => {
    const user = userEvent.setup({ delay: null });
    const api = new ScriptedApi();
    const first = open(api);
    await user.type(await prompt(), 'First{Enter}');
    api.emit({ type: 'delta', text: 'Half an' });
    expect(await screen.findByText('Half an')).toBeInTheDocument();
    await user.type(await prompt(), 'not yet sent');
    first.unmount();

    const again = open(new ScriptedApi());
    expect(await screen.findByText('Half an')).toBeInTheDocument();
    expect(await prompt()).toHaveValue('not yet sent');
    expect(screen.getByRole('alert')).toHaveTextContent(
      'The page was left while the answer was on its way.',
    );
    again.unmount();
    expect(Object.keys(window.localStorage)).toContain(
      'llm-platform.playground:user:default/mia',
    );
  });

  it('leaves what another tab stored alone, and takes it over', async () => {
    const user = userEvent.setup({ delay: null });
    const key = 'llm-platform.playground:user:default/mia';
    const api = new ScriptedApi();
    const first = open(api);
    await user.type(await prompt(), 'First{Enter}');
    api.emit({ type: 'delta', text: 'Hello' });
    api.end();
    await screen.findByText('Hello');
    first.unmount();

    const again = open(new ScriptedApi());
    await user.type(await prompt(), 'my draft');
    await waitFor(() =>
      expect(window.localStorage.getItem(key)).toContain('my draft'),
    );
    const theirs = window.localStorage
      .getItem(key)!
      .replace('my draft', 'their draft')
      .replace('Hello', 'Hello from the other tab');
    window.localStorage.setItem(key, theirs);
    act(() => {
      window.dispatchEvent(
        new StorageEvent('storage', { key, newValue: theirs }),
      );
    });
    expect(
      await screen.findByText('Hello from the other tab'),
    ).toBeInTheDocument();
    expect(await prompt()).toHaveValue('my draft');

    again.unmount();
    expect(window.localStorage.getItem(key)).toBe(theirs);
  });

  it('rewrites a prompt', async () => {
    const user = userEvent.setup({ delay: null });
    const api = new ScriptedApi();
    open(api);
    await user.type(await prompt(), 'Frist{Enter}');
    api.emit({ type: 'delta', text: 'What?' });
    api.end();
    const edit = await screen.findByRole('button', { name: 'Edit prompt' });
    await waitFor(() => expect(edit).toBeEnabled());
    await user.click(edit);
    const editor = screen.getByRole('textbox', { name: 'Edit prompt' });
    await user.clear(editor);
    await user.type(editor, 'First{Enter}');
    expect(api.requests[1].messages).toEqual([
      { role: 'user', content: 'First' },
    ]);
    expect(screen.queryByText('Frist')).not.toBeInTheDocument();
    api.end();
  });

  it('does not let a model run HTML, scripts or images', async () => {
    const user = userEvent.setup({ delay: null });
    const api = new ScriptedApi();
    open(api);
    await user.type(await prompt(), 'x{Enter}');
    api.emit({
      type: 'delta',
      text: '<img src=x onerror=alert(1)> [a](javascript:alert(1)) [b](https://example.com) ![c](https://example.com/p.png)',
    });
    api.end();
    const safe = await screen.findByRole('link', { name: 'b' });
    expect(safe).toHaveAttribute('rel', 'noopener noreferrer nofollow');
    const messages = await log();
    expect(messages.querySelector('img')).not.toBeInTheDocument();
    expect(messages.innerHTML).not.toMatch(/script:/);
  });

  it('explains an empty platform and offers to deploy', async () => {
    const api = new ScriptedApi();
    api.items = [];
    open(api);
    expect(
      await screen.findByText('No model to talk to yet'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Deploy a model' }),
    ).toHaveAttribute('href', '/create/templates/default/model-deployment');
    expect(screen.getByRole('button', { name: 'Send' })).toBeDisabled();
  });

  it('does not call a platform empty whose cluster was not read', async () => {
    const api = new ScriptedApi();
    api.items = [];
    api.errors = [
      { cluster: 'embedded', state: 'starting', message: 'starting' },
    ];
    open(api);
    expect(
      await screen.findByText(/Cluster embedded is starting/),
    ).toBeInTheDocument();
    expect(screen.queryByText('No model to talk to yet')).toBeNull();
  });

  it('takes the model from the address and says why it does not answer yet', async () => {
    const user = userEvent.setup({ delay: null });
    const api = new ScriptedApi();
    api.items = [
      model(),
      model({
        route: 'mistral',
        name: 'mistral',
        state: 'Starting',
        reason: 'Loading weights',
      }),
    ];
    open(api, '/playground?model=mistral&cluster=embedded');
    expect(
      (await screen.findAllByText('mistral is starting: Loading weights'))
        .length,
    ).toBeGreaterThan(0);
    await user.type(await prompt(), 'Hello{Enter}');
    expect(api.requests).toHaveLength(0);
    expect(await prompt()).toHaveValue('Hello');
  });

  it('folds its rails', async () => {
    Object.assign(window, { innerWidth: 1600 });
    const user = userEvent.setup({ delay: null });
    open(new ScriptedApi());
    await prompt();
    expect(
      screen.getByRole('slider', { name: 'Temperature' }),
    ).toBeInTheDocument();
    await user.click(
      screen.getByRole('button', { name: 'Model and parameters' }),
    );
    expect(
      screen.queryByRole('slider', { name: 'Temperature' }),
    ).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Figures and code' }));
    expect(screen.queryByText('Last answer')).not.toBeInTheDocument();
  });
});
