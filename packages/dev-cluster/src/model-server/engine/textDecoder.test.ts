import { TokenTextDecoder } from './textDecoder';

describe('TokenTextDecoder', () => {
  it('holds back tokens until their character is whole', () => {
    const bytes = [...Buffer.from('a€b')];
    const decoder = new TokenTextDecoder(tokens =>
      Buffer.from(tokens as number[]).toString('utf8'),
    );
    expect(bytes.map(byte => decoder.push(byte))).toEqual([
      'a',
      '',
      '',
      '€',
      'b',
    ]);
  });

  it('gives an unfinished character when the text ends', () => {
    const decoder = new TokenTextDecoder(tokens =>
      Buffer.from(tokens as number[]).toString('utf8'),
    );
    decoder.push(0xe2);
    expect(decoder.flush()).toBe('\ufffd');
    expect(decoder.flush()).toBe('');
  });
});
