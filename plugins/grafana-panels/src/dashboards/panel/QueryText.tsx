import { useState } from 'react';
import { Button } from '@backstage/ui';
import css from './QueryDialog.module.css';

/** A query in full, to be read and copied. */
export function QueryText(props: { refId: string; expr: string }) {
  const { refId, expr } = props;
  const [result, setResult] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(expr);
      setResult('Copied');
    } catch {
      // No clipboard outside secure contexts; the text can be selected.
      setResult('Select and copy by hand');
    }
  };
  return (
    <section aria-label={`Query ${refId}`}>
      <div className={css.head}>
        <h3 className={css.heading}>{refId}</h3>
        <span role="status" className={css.note}>
          {result}
        </span>
        <Button size="small" variant="tertiary" onPress={copy}>
          Copy
        </Button>
      </div>
      <pre className={css.query}>{expr}</pre>
    </section>
  );
}
