import type { AnnotationSource } from '@llm-platform/plugin-grafana-panels-common';
import { usePanelTheme } from '../../theme';
import css from './AnnotationToggles.module.css';

/** Which marks stand on the time axis. */
export function AnnotationToggles(props: {
  annotations: readonly AnnotationSource[];
  chosen: Readonly<Record<string, boolean>>;
  onChange: (chosen: Record<string, boolean>) => void;
}) {
  const theme = usePanelTheme();
  const shown = props.annotations.filter(({ hidden }) => !hidden);
  if (shown.length === 0) {
    return undefined;
  }
  return (
    <div className={css.toggles} role="group" aria-label="Marks">
      {shown.map(({ name, enabled, color }) => {
        const on = props.chosen[name] ?? enabled;
        return (
          <button
            key={name}
            type="button"
            className={css.toggle}
            aria-pressed={on}
            onClick={() => props.onChange({ [name]: !on })}
          >
            <i
              className={css.swatch}
              style={
                on
                  ? {
                      backgroundColor:
                        theme.visualization.getColorByName(color),
                    }
                  : undefined
              }
              aria-hidden="true"
            />
            {name}
          </button>
        );
      })}
    </div>
  );
}
