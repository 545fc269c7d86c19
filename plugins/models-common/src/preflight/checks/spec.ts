import { block, pass, type Check } from '../outcome';

const SHOWN = 3;

export const checkSpec: Check = ({ spec, specProblems = [], profile }) => {
  if (specProblems.length > 0) {
    const shown = specProblems
      .slice(0, SHOWN)
      .map(({ path, message }) => (path ? `${path}: ${message}` : message));
    const more = specProblems.length - shown.length;
    return block(
      `${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`,
      'Correct these fields.',
    );
  }
  if (!profile) {
    return block(
      `There is no GPU profile "${spec.spec.profile}".`,
      'Choose one of the profiles that the form offers.',
    );
  }
  return pass(`All fields are valid; profile ${profile.title}.`);
};
