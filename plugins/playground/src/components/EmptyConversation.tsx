import { Button, ButtonLink, Skeleton } from '@backstage/ui';
import {
  EmptyState,
  links,
  SimulatedChip,
  unreadClusters,
} from '@llm-platform/plugin-models-react';
import type { ClusterError } from '@llm-platform/plugin-models-common';
import type { PlaygroundModel } from '../api';
import css from './Playground.module.css';

const PROMPTS = [
  'What is the capital of France?',
  'Explain in two sentences what a KV cache is.',
  'Write a haiku about a GPU that is never idle.',
];

export interface EmptyConversationProps {
  loading: boolean;
  items: PlaygroundModel[];
  /** Clusters whose models are not among the items. */
  errors: ClusterError[];
  chosen: PlaygroundModel | undefined;
  blocked: string | undefined;
  onPrompt: (prompt: string) => void;
}

/** Says what this place is for, and offers the first step. */
export function EmptyConversation(props: EmptyConversationProps) {
  const { loading, items, errors, chosen, blocked, onPrompt } = props;
  if (loading) {
    return (
      <div className={css.emptyBox} aria-hidden="true">
        <Skeleton height={24} width={260} />
        <Skeleton height={20} width={420} />
      </div>
    );
  }
  if (items.length === 0) {
    return (
      <div className={css.emptyBox}>
        <EmptyState
          title={
            errors.length
              ? 'No model can be seen now'
              : 'No model to talk to yet'
          }
          description={
            unreadClusters(errors) ??
            'Models that your teams deploy appear here as soon as they are ready.'
          }
          action={
            <ButtonLink href={links.deploy()} variant="primary">
              Deploy a model
            </ButtonLink>
          }
        />
      </div>
    );
  }
  if (!chosen || blocked) {
    return (
      <div className={css.emptyBox}>
        <EmptyState
          title={blocked ?? 'Choose a model'}
          description={
            chosen
              ? 'You can write your prompt already: it is kept until the model is ready.'
              : 'Choose another model on the left.'
          }
          action={
            chosen ? (
              <ButtonLink href={links.model(chosen)} variant="secondary">
                Open the model
              </ButtonLink>
            ) : undefined
          }
        />
      </div>
    );
  }
  return (
    <div className={css.emptyBox}>
      <EmptyState
        title={`Talk to ${chosen.route}`}
        description={
          <>
            {chosen.modelId}, through the gateway that your applications use.
            Requests count for team {chosen.team}.{' '}
            <SimulatedChip what={chosen.simulated} />
          </>
        }
        action={
          <div className={css.prompts}>
            {PROMPTS.map(prompt => (
              <Button
                key={prompt}
                variant="secondary"
                size="small"
                onPress={() => onPrompt(prompt)}
              >
                {prompt}
              </Button>
            ))}
          </div>
        }
      />
    </div>
  );
}
