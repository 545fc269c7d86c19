import { render, screen } from '@testing-library/react';
import { STATE_MEANING, STATE_ORDER } from './vocabulary';
import { StateMark } from './StateMark';
import { StateIcon } from './StateIcon';

describe('StateMark', () => {
  it.each(STATE_ORDER)('says %s in a word and explains it', state => {
    const { container } = render(<StateMark state={state} reason="why" />);

    expect(screen.getByText(state)).toBeInTheDocument();
    expect(screen.getByText('why')).toBeInTheDocument();
    expect(screen.getByTitle(STATE_MEANING[state])).toBeInTheDocument();
    expect(container.querySelector('svg')).toHaveAttribute(
      'aria-hidden',
      'true',
    );
  });

  it('has a shape of its own for every state, so colour is never alone', () => {
    const shapes = STATE_ORDER.map(
      state => render(<StateIcon state={state} />).container.innerHTML,
    ).map(html => html.replace(/data-state="\w+"/, ''));

    expect(new Set(shapes).size).toBe(STATE_ORDER.length);
  });

  it('says when an unknown model was last seen', () => {
    render(
      <StateMark
        state="Unknown"
        lastSeen={new Date(Date.now() - 4 * 60_000).toISOString()}
      />,
    );

    expect(screen.getByText('4 min ago')).toBeInTheDocument();
  });
});
