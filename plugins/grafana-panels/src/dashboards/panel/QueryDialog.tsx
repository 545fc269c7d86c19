import { Dialog, DialogBody, DialogHeader } from '@backstage/ui';
import type { PanelData } from '../../data';
import { QueryText } from './QueryText';
import css from './QueryDialog.module.css';

/** Where a panel's picture comes from: what Prometheus was asked, and what differs from Grafana. */
export function QueryDialog(props: {
  title: string;
  data: PanelData;
  problems: readonly string[];
  onClose: () => void;
}) {
  const { title, data, problems, onClose } = props;
  const executed = Object.entries(data.executed ?? {});
  return (
    <Dialog isOpen onOpenChange={open => !open && onClose()} width={760}>
      <DialogHeader>{title || 'Panel'}</DialogHeader>
      <DialogBody>
        <div className={css.content}>
          <p className={css.note}>
            {executed.length === 0
              ? 'Prometheus was not asked anything yet.'
              : 'What Prometheus was asked. Variables are replaced; where you see only your teams, each selector is limited to them.'}
          </p>
          {executed.map(([refId, expr]) => (
            <QueryText key={refId} refId={refId} expr={expr} />
          ))}
          {data.error ? (
            <p className={css.error} role="alert">
              {data.error.message}
            </p>
          ) : undefined}
          {problems.length > 0 ? (
            <section aria-label="Otherwise than in Grafana">
              <h3 className={css.heading}>Otherwise than in Grafana</h3>
              <ul className={css.problems}>
                {problems.map(problem => (
                  <li key={problem}>{problem}</li>
                ))}
              </ul>
            </section>
          ) : undefined}
        </div>
      </DialogBody>
    </Dialog>
  );
}
