import { useEffect, useRef, useState } from 'react';
import {
  parseModelDeploymentSpec,
  parseSerializedSpec,
  serializeSpec,
  type SpecProblem,
} from '@llm-platform/plugin-models-common';
import type { Deployment } from '../deployment';
import { stringify } from 'yaml';
import css from './Form.module.css';

export interface YamlEditorProps {
  deployment: Deployment;
  onChange: (next: Deployment) => void;
}

/** Also a form that isn't valid yet has a text, only not in the canonical order. */
function toText(spec: Deployment['spec']): string {
  return parseModelDeploymentSpec(spec).ok
    ? serializeSpec(spec)
    : stringify(spec, { lineWidth: 0 });
}

/** The spec as text. What parses goes to the form at once, what doesn't stays here with its reason. */
export function YamlEditor(props: YamlEditorProps) {
  const { deployment, onChange } = props;
  const [text, setText] = useState(() => toText(deployment.spec));
  const [problems, setProblems] = useState<SpecProblem[]>([]);
  /** The spec that the text stands for. */
  const written = useRef(deployment.spec);

  useEffect(() => {
    // A change from outside (a suggestion of the preflight) rewrites the text
    if (deployment.spec !== written.current) {
      written.current = deployment.spec;
      setText(toText(deployment.spec));
      setProblems([]);
    }
  }, [deployment.spec]);

  const edit = (next: string) => {
    setText(next);
    const parsed = parseSerializedSpec(next);
    if (parsed.ok) {
      setProblems([]);
      written.current = parsed.spec;
      onChange({ ...deployment, spec: parsed.spec });
    } else {
      setProblems(parsed.problems);
    }
  };

  return (
    <div className={css.yaml}>
      <textarea
        className={css.code}
        aria-label="Spec as YAML"
        aria-invalid={problems.length > 0}
        spellCheck={false}
        rows={Math.max(24, text.split('\n').length + 1)}
        value={text}
        onChange={event => edit(event.target.value)}
      />
      {problems.length > 0 ? (
        <div className={css.obstacles} role="alert">
          <strong>The form keeps the last valid text</strong>
          <ul>
            {problems.map(({ path, message }) => (
              <li key={`${path}${message}`}>
                {path ? <code>{path}</code> : undefined} {message}
              </li>
            ))}
          </ul>
        </div>
      ) : undefined}
    </div>
  );
}
