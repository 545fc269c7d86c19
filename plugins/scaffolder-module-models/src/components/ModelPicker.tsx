import { useId, type SyntheticEvent } from 'react';
import useAutocomplete, {
  createFilterOptions,
} from '@mui/material/useAutocomplete';
import { RiArrowDownSLine } from '@remixicon/react';
import css from './ModelPicker.module.css';

export interface ModelOption {
  /** Hugging Face id. */
  id: string;
  group: string;
  title?: string;
  description?: string;
}

export interface ModelPickerProps {
  label: string;
  description?: string;
  options: ModelOption[];
  /** Hugging Face id; also one that is not among the options. */
  value: string;
  onChange: (id: string) => void;
}

const filter = createFilterOptions<ModelOption>({
  stringify: option => [option.id, option.title, option.description].join(' '),
});

/** Free text with suggestions: `@backstage/ui` has no field that keeps both apart. */
export function ModelPicker(props: ModelPickerProps) {
  const { label, description, options, value, onChange } = props;
  const describedBy = useId();
  const commit = (id: string) => {
    const next = id.trim();
    if (next && next !== value) {
      onChange(next);
    }
  };
  const auto = useAutocomplete<ModelOption, false, true, true>({
    id: useId(),
    options,
    freeSolo: true,
    disableClearable: true,
    selectOnFocus: true,
    handleHomeEndKeys: true,
    value,
    filterOptions: filter,
    groupBy: option => option.group,
    getOptionLabel: option => (typeof option === 'string' ? option : option.id),
    isOptionEqualToValue: (option, other) =>
      option.id === (typeof other === 'string' ? other : other.id),
    onChange: (_event: SyntheticEvent, next) =>
      commit(typeof next === 'string' ? next : next.id),
  });
  const groups = auto.groupedOptions as unknown as Array<{
    group: string;
    index: number;
    options: ModelOption[];
  }>;
  const { onBlur, ...input } = auto.getInputProps();

  return (
    <div className={css.picker}>
      <label className={css.label} {...auto.getInputLabelProps()}>
        {label}
      </label>
      {description ? (
        <p id={describedBy} className={css.description}>
          {description}
        </p>
      ) : undefined}
      <div className={css.box} {...auto.getRootProps()}>
        <input
          className={css.input}
          placeholder="organisation/model"
          aria-describedby={description ? describedBy : undefined}
          {...input}
          onBlur={event => {
            // What was typed counts, whether or not Enter was pressed
            commit(event.target.value);
            onBlur?.(event);
          }}
        />
        <button
          type="button"
          tabIndex={-1}
          className={css.toggle}
          {...auto.getPopupIndicatorProps()}
          aria-label="Show models"
        >
          <RiArrowDownSLine size={16} aria-hidden="true" />
        </button>
      </div>
      {auto.popupOpen && groups.length > 0 ? (
        <ul className={css.list} {...auto.getListboxProps()}>
          {groups.map(({ group, index, options: members }) => (
            <li key={group} role="presentation">
              <div className={css.group}>{group}</div>
              <ul role="presentation">
                {members.map((option, offset) => {
                  const { key: _key, ...item } = auto.getOptionProps({
                    option,
                    index: index + offset,
                  }) as ReturnType<typeof auto.getOptionProps> & {
                    key?: string;
                  };
                  return (
                    <li key={option.id} {...item} className={css.option}>
                      <span>{option.title ?? option.id}</span>
                      {option.title ? (
                        <span className={css.id}>{option.id}</span>
                      ) : undefined}
                    </li>
                  );
                })}
              </ul>
            </li>
          ))}
        </ul>
      ) : undefined}
    </div>
  );
}
