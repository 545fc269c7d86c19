import type { FormOptions } from '@llm-platform/plugin-models-common';
import type { Deployment } from '../deployment';

/** What every section of the form gets. */
export interface SectionProps {
  options: FormOptions;
  deployment: Deployment;
  onChange: (next: Deployment) => void;
  /** What is wrong with the field of that path. */
  problemOf: (path: string) => string | undefined;
}
