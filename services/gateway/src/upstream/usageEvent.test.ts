import { chatChunk, doneChunk, usageChunk } from '../testing/FakeUpstream';
import { withoutUsageEvent } from './usageEvent';

const shown = (events: string) =>
  withoutUsageEvent(Buffer.from(events)).toString();

describe('withoutUsageEvent', () => {
  it('takes out the event with the usage and nothing else', () => {
    expect(shown(chatChunk('a') + usageChunk + doneChunk)).toBe(
      chatChunk('a') + doneChunk,
    );
    expect(shown(usageChunk)).toBe('');
    expect(shown(usageChunk.replaceAll('\n', '\r\n') + doneChunk)).toBe(
      doneChunk,
    );
  });

  it.each([
    [
      'an answer with choices and usage',
      'data: {"choices":[{"i":0}],"usage":{}}\n\n',
    ],
    ['usage that is null', 'data: {"choices":[],"usage":null}\n\n'],
    ['words of a model', chatChunk('"choices":[],"usage":{}')],
    ['an error', 'data: {"error":{"usage":1}}\n\n'],
    ['a comment', ': "usage" {"choices":[],"usage":{}}\n\n'],
    ['what is no JSON', 'data: "usage"}\n\n'],
    ['the middle of an event', '"usage":{}}\n\n'],
  ])('leaves %s', (_name, event) => {
    expect(shown(event + usageChunk + event)).toBe(event + event);
  });
});
