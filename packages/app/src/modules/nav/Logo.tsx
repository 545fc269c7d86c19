import css from './nav.module.css';

/** Stacked layers with one lit: a model on its GPUs. */
export function LogoMark() {
  return (
    <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      <rect
        x="2"
        y="2"
        width="20"
        height="20"
        rx="5"
        className={css.logoBase}
      />
      <path
        d="M7 16.2h10M7 12h10"
        strokeWidth="2"
        strokeLinecap="round"
        className={css.logoQuiet}
      />
      <path
        d="M7 7.8h6"
        strokeWidth="2"
        strokeLinecap="round"
        className={css.logoLit}
      />
      <circle cx="16.6" cy="7.8" r="1.3" className={css.logoDot} />
    </svg>
  );
}
