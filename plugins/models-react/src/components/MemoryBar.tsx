import type { FitResult } from '@llm-platform/plugin-models-common';
import { VisuallyHidden } from '@backstage/ui';
import { formatCount, formatGiB, plural } from '../format';
import css from './MemoryBar.module.css';

/** @public */
export interface MemoryBarProps {
  fit: FitResult;
  /** Name of the device, e.g. `T4`. */
  device?: string;
}

/**
 * A GPU's memory by what holds it, to scale: weights, overhead, KV cache, kept free.
 *
 * @public
 */
export function MemoryBar(props: MemoryBarProps) {
  const { fit, device = 'GPU' } = props;
  const parts = [
    { id: 'weights', title: 'Weights', GiB: fit.weightsGiB },
    { id: 'overhead', title: 'Overhead', GiB: fit.overheadGiB },
    { id: 'kv', title: 'KV cache', GiB: Math.max(0, fit.kvCacheGiB) },
    { id: 'free', title: 'Kept free', GiB: Math.max(0, fit.keptFreeGiB) },
  ];
  // A model too large overflows the device: the bar's scale is then the need.
  const sum = parts.reduce((total, part) => total + part.GiB, 0);
  const scale = Math.max(sum, fit.totalGiB, Number.MIN_VALUE);
  const over = sum > fit.totalGiB + 0.05;

  return (
    <figure className={css.figure}>
      <figcaption className={css.caption}>
        <span>
          {device} · {formatGiB(fit.totalGiB)} GiB
        </span>
        {fit.verdict === 'fits' && fit.maxConcurrency >= 1 ? (
          <span>
            {formatCount(fit.kvCacheTokens)} tokens ·{' '}
            {plural(Math.floor(fit.maxConcurrency), 'full-length request')} at
            once
          </span>
        ) : undefined}
      </figcaption>
      <div className={css.bar} aria-hidden="true">
        {parts.map(part => (
          <div
            key={part.id}
            className={css.part}
            data-part={part.id}
            style={{ flexGrow: part.GiB / scale }}
            title={`${part.title} ${part.GiB.toFixed(2)} GiB`}
          />
        ))}
        {over ? (
          <div
            className={css.limit}
            style={{ left: `${(fit.totalGiB / scale) * 100}%` }}
          />
        ) : undefined}
      </div>
      <ul className={css.legend} aria-hidden="true">
        {parts.map(part => (
          <li key={part.id}>
            <i className={css.swatch} data-part={part.id} />
            {part.title} <b>{formatGiB(part.GiB)}</b>
          </li>
        ))}
      </ul>
      <VisuallyHidden>
        <table>
          <caption>Memory of the {device}, in GiB</caption>
          <tbody>
            {parts.map(part => (
              <tr key={part.id}>
                <th scope="row">{part.title}</th>
                <td>{part.GiB.toFixed(2)}</td>
              </tr>
            ))}
            <tr>
              <th scope="row">Total</th>
              <td>{fit.totalGiB.toFixed(2)}</td>
            </tr>
          </tbody>
        </table>
      </VisuallyHidden>
    </figure>
  );
}
