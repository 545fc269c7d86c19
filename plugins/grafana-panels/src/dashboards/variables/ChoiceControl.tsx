import {
  Button,
  ButtonIcon,
  MenuAutocompleteListbox,
  MenuListBoxItem,
  MenuTrigger,
  type Selection,
} from '@backstage/ui';
import { RiArrowDownSLine, RiRefreshLine } from '@remixicon/react';
import {
  ALL_VALUE,
  type VariableOption,
} from '@llm-platform/plugin-grafana-panels-common';
import { errorMessage } from '@llm-platform/plugin-models-react';
import type { LiveVariable } from '../../data';
import { nextSelection, summary } from './selection';
import css from './VariablesBar.module.css';

/** One or several of a variable's options, searchable; all of them where the dashboard allows it. */
export function ChoiceControl(props: {
  live: LiveVariable;
  label: string;
  onChange: (values: string[]) => void;
}) {
  const { live, label, onChange } = props;
  const { variable, selected, loading, error } = live;
  const multi = 'multi' in variable && variable.multi;
  const options = withChosen(live);
  const text = loading && !options.length ? 'loading…' : summary(live);

  const choose = (keys: Selection) => {
    // Clicking the one that is chosen already leaves it.
    if (keys !== 'all' && (multi || keys.size > 0)) {
      onChange(nextSelection(selected, [...keys].map(String)));
    }
  };

  return (
    <span className={css.field}>
      {variable.hide === 'label' ? undefined : (
        <span className={css.label} title={variable.description}>
          {label}
        </span>
      )}
      <MenuTrigger>
        <Button
          size="small"
          variant="secondary"
          aria-label={`${label}: ${text}`}
          iconEnd={<RiArrowDownSLine />}
          className={css.choice}
        >
          {text}
        </Button>
        <MenuAutocompleteListbox
          aria-label={label}
          placeholder={`Search ${label}`}
          selectionMode={multi ? 'multiple' : 'single'}
          selectedKeys={selected}
          onSelectionChange={choose}
          virtualized
          maxWidth="320px"
        >
          {options.map(({ value, text: name }) => (
            <MenuListBoxItem key={value} id={value} textValue={name}>
              {name}
            </MenuListBoxItem>
          ))}
        </MenuAutocompleteListbox>
      </MenuTrigger>
      {error ? (
        <span className={css.failed} role="status">
          <span title={errorMessage(error)}>options not read</span>
          <ButtonIcon
            size="small"
            variant="tertiary"
            aria-label={`Read the options of ${label} again`}
            icon={<RiRefreshLine />}
            onPress={live.retry}
          />
        </span>
      ) : undefined}
    </span>
  );
}

/** An address may name what is no option (any more): it is shown, so that it can be unchosen. */
function withChosen(live: LiveVariable): VariableOption[] {
  const { options, selected } = live;
  const known = new Set(options.map(({ value }) => value));
  return [
    ...selected
      .filter(value => value !== ALL_VALUE && !known.has(value))
      .map(value => ({ value, text: value })),
    ...options,
  ];
}
