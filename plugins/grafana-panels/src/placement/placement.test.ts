import { fillVariables, refOf } from './placement';

const entity = {
  kind: 'Component',
  metadata: {
    name: 'quant-smollm2',
    annotations: { 'llm-platform.dev/name': 'smol.lm2' },
  },
};

describe('where panels are placed', () => {
  it('puts facts of the place into variables', () => {
    expect(
      fillVariables(
        {
          model: '{metadata.annotations.llm-platform.dev/name}',
          both: ['{metadata.name}', 'x-{kind}'],
          fixed: '$__all',
        },
        entity,
      ),
    ).toEqual({
      model: ['smol.lm2'],
      both: ['quant-smollm2', 'x-Component'],
      fixed: ['$__all'],
    });
  });

  it('leaves a variable to the dashboard where the fact is missing', () => {
    expect(
      fillVariables(
        { a: '{metadata.missing}', b: '{metadata}', c: 'x' },
        entity,
      ),
    ).toEqual({ c: ['x'] });
    expect(fillVariables(undefined, entity)).toEqual({});
  });

  it('knows a dashboard by source and uid', () => {
    expect(refOf('files/llm-team')).toEqual({
      source: 'files',
      uid: 'llm-team',
    });
  });
});
