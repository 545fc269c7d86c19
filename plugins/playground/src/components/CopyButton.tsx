import { useEffect, useState } from 'react';
import { ButtonIcon, VisuallyHidden } from '@backstage/ui';
import { RiCheckLine, RiCloseLine, RiFileCopyLine } from '@remixicon/react';

const CONFIRMATION_MS = 2_000;
const ICONS = {
  copied: <RiCheckLine />,
  failed: <RiCloseLine />,
  idle: <RiFileCopyLine />,
};

export interface CopyButtonProps {
  /** What is copied, for the button's name. */
  label: string;
  text: string;
}

/** Copies a text and says so. */
export function CopyButton(props: CopyButtonProps) {
  const [result, setResult] = useState<'idle' | 'copied' | 'failed'>('idle');

  useEffect(() => {
    if (result === 'idle') {
      return undefined;
    }
    const timer = setTimeout(() => setResult('idle'), CONFIRMATION_MS);
    return () => clearTimeout(timer);
  }, [result]);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(props.text);
      setResult('copied');
    } catch {
      // No clipboard outside secure contexts; the text can be selected
      setResult('failed');
    }
  };
  return (
    <>
      <ButtonIcon
        size="small"
        variant="tertiary"
        aria-label={`Copy ${props.label}`}
        icon={ICONS[result]}
        onPress={copy}
      />
      <VisuallyHidden>
        <span role="status">
          {result === 'copied' ? 'Copied' : undefined}
          {result === 'failed' ? 'Could not copy' : undefined}
        </span>
      </VisuallyHidden>
    </>
  );
}
