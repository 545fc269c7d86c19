import { useEffect, useState } from 'react';
import { ButtonIcon } from '@backstage/ui';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import css from './CopyField.module.css';

const CONFIRMATION_MS = 2_000;

/** @public */
export interface CopyFieldProps {
  /** What it is, for the button's name: `endpoint`. */
  label: string;
  value: string;
}

/** A value in monospace with a button that copies it. @public */
export function CopyField(props: CopyFieldProps) {
  const [result, setResult] = useState<'copied' | 'failed'>();

  useEffect(() => {
    if (!result) {
      return undefined;
    }
    const timer = setTimeout(() => setResult(undefined), CONFIRMATION_MS);
    return () => clearTimeout(timer);
  }, [result]);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(props.value);
      setResult('copied');
    } catch {
      // No clipboard outside secure contexts; the value is selectable text.
      setResult('failed');
    }
  };

  return (
    <span className={css.field}>
      <code className={css.value} title={props.value}>
        {props.value}
      </code>
      <ButtonIcon
        size="small"
        variant="tertiary"
        aria-label={`Copy ${props.label}`}
        icon={result === 'copied' ? <RiCheckLine /> : <RiFileCopyLine />}
        onPress={copy}
      />
      <span role="status" className={css.status}>
        {result === 'copied' ? 'Copied' : undefined}
        {result === 'failed' ? 'Select and copy by hand' : undefined}
      </span>
    </span>
  );
}
