import type { LiveVariable } from '../../data';
import { ChoiceControl } from './ChoiceControl';
import { TextBoxControl } from './TextBoxControl';
import css from './VariablesBar.module.css';

export interface VariablesBarProps {
  variables: readonly LiveVariable[];
  onChange: (name: string, values: string[]) => void;
}

/** The dashboard's variables, those of them that a reader may set. */
export function VariablesBar(props: VariablesBarProps) {
  const shown = props.variables.filter(
    ({ variable, options }) =>
      variable.hide !== 'variable' &&
      variable.kind !== 'constant' &&
      // Of one data source there is nothing to choose.
      (variable.kind !== 'datasource' || options.length > 1),
  );
  if (shown.length === 0) {
    return undefined;
  }
  return (
    <div className={css.bar} role="group" aria-label="Variables">
      {shown.map(live => (
        <VariableControl
          key={live.variable.name}
          live={live}
          onChange={values => props.onChange(live.variable.name, values)}
        />
      ))}
    </div>
  );
}

function VariableControl(props: {
  live: LiveVariable;
  onChange: (values: string[]) => void;
}) {
  const { live, onChange } = props;
  const { variable } = live;
  const label = variable.label || variable.name;
  switch (variable.kind) {
    case 'textbox':
      return (
        <TextBoxControl
          label={label}
          value={live.selected[0] ?? ''}
          onChange={value => onChange([value])}
        />
      );
    case 'switch':
      return (
        <label className={css.field} title={variable.description}>
          <input
            type="checkbox"
            checked={live.selected[0] === variable.enabledValue}
            onChange={event =>
              onChange([
                event.target.checked
                  ? variable.enabledValue
                  : variable.disabledValue,
              ])
            }
          />
          {label}
        </label>
      );
    case 'unsupported':
      return (
        <span
          className={css.unsupported}
          title={`The portal has no variables of the type ${variable.type}; it is left as it stands.`}
        >
          {label}: not supported
        </span>
      );
    default:
      return <ChoiceControl live={live} label={label} onChange={onChange} />;
  }
}
