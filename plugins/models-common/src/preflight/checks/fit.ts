import { block, notKnown, pass, warn, type Check } from '../outcome';

const SHOWN = 3;

export const checkFit: Check = ({ fit }) => {
  const labels = fit.suggestions.slice(0, SHOWN).map(({ label }) => label);
  const advice =
    labels.length > 0
      ? `${labels.join(', or: ')}.`
      : 'Choose a smaller or quantized model, or a GPU with more memory.';
  switch (fit.verdict) {
    case 'fits':
      return pass(fit.summary);
    case 'does-not-fit':
      return block(fit.summary, advice);
    default:
      return fit.missing
        ? notKnown(
            fit.summary,
            "Paste the model's config.json from Hugging Face, with its size.",
          )
        : warn(fit.summary, advice);
  }
};
