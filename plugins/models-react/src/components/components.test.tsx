import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import type {
  ClusterError,
  FitResult,
  PreflightReport,
} from '@llm-platform/plugin-models-common';
import { EmptyState } from './EmptyState';
import { ErrorPanel } from './ErrorPanel';
import { MemoryBar } from './MemoryBar';
import { PreflightPanel } from './PreflightPanel';
import { SimulatedChip } from './SimulatedChip';
import { StaleBanner } from './StaleBanner';
import { unreadClusters } from './unreadClusters';

const fit: FitResult = {
  verdict: 'fits',
  summary: 'fits',
  totalGiB: 14.56,
  requestedGiB: 13.1,
  weightsGiB: 3.88,
  overheadGiB: 1.1,
  kvCacheGiB: 8.12,
  keptFreeGiB: 1.46,
  kvBytesPerToken: 131072,
  kvCacheTokens: 65_712,
  maxConcurrency: 16.04,
  neededForOneRequestGiB: 0.5,
  weightsSource: 'published size',
  suggestions: [],
};

describe('MemoryBar', () => {
  it('has the same figures as a table', async () => {
    renderInTestApp(<MemoryBar fit={fit} device="T4" />);

    const table = await screen.findByRole('table', {
      name: 'Memory of the T4, in GiB',
    });
    const rows = within(table)
      .getAllByRole('row')
      .map(row => row.textContent);
    expect(rows).toEqual([
      'Weights3.88',
      'Overhead1.10',
      'KV cache8.12',
      'Kept free1.46',
      'Total14.56',
    ]);
    expect(
      screen.getByText(/65,712 tokens · 16 full-length requests at once/),
    ).toBeInTheDocument();
  });
});

describe('PreflightPanel', () => {
  it('shows each check with its number and applies a suggestion', async () => {
    const onApply = jest.fn();
    const suggestion = {
      label: 'Use AWQ',
      change: { quantization: 'awq' as const },
    };
    const report: PreflightReport = {
      verdict: 'block',
      fit: { ...fit, verdict: 'does-not-fit', suggestions: [suggestion] },
      checks: [
        {
          id: 'fit',
          title: 'Fits the GPU',
          verdict: 'block',
          message: 'needs 15.1 GiB, has 13.1 GiB',
          remedy: 'Use AWQ',
        },
        {
          id: 'gpus',
          title: 'GPUs free',
          verdict: 'pass',
          message: '1 of 1 T4 free',
        },
      ],
      manifests: [],
      changes: [],
    };

    renderInTestApp(<PreflightPanel report={report} onApply={onApply} />);

    expect(await screen.findByText('It will not run')).toBeInTheDocument();
    expect(
      screen.getByText('needs 15.1 GiB, has 13.1 GiB'),
    ).toBeInTheDocument();
    expect(screen.getByText('1 of 1 T4 free')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Use AWQ' }));
    expect(onApply).toHaveBeenCalledWith(suggestion);
  });

  it('says what is missing and what failed', async () => {
    const onRetry = jest.fn();
    renderInTestApp(
      <>
        <PreflightPanel report={undefined} incomplete="Choose a model first." />
        <PreflightPanel
          report={undefined}
          error={new Error('cluster away')}
          onRetry={onRetry}
        />
      </>,
    );

    expect(
      await screen.findByText('Choose a model first.'),
    ).toBeInTheDocument();
    expect(screen.getByRole('alert')).toHaveTextContent('cluster away');
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(onRetry).toHaveBeenCalled();
  });
});

describe('messages', () => {
  it.each([
    ['NotAllowedError', 'You may not see the models'],
    ['NotFoundError', 'Not found: the models'],
    ['TypeError', 'The portal does not answer'],
    ['Error', 'The models could not be loaded'],
  ])('explain a %s', async (name, title) => {
    const error = Object.assign(new Error('detail'), { name });
    renderInTestApp(<ErrorPanel error={error} what="the models" />);

    expect(await screen.findByText(title)).toBeInTheDocument();
    expect(screen.getByText('detail')).toBeInTheDocument();
  });

  it('do not call a cluster that is being built a failure', async () => {
    const errors: ClusterError[] = [
      { cluster: 'embedded', state: 'starting', message: 'not there yet' },
    ];
    renderInTestApp(
      <>
        <StaleBanner clusters={errors} onRetry={() => {}} />
        <EmptyState title="No model" description={unreadClusters(errors)} />
      </>,
    );

    expect(await screen.findByRole('status')).toHaveTextContent(
      /^Cluster embedded is starting: Home shows how far it is$/,
    );
    expect(screen.getAllByRole('link', { name: 'Home' })).toHaveLength(2);
    expect(screen.queryByRole('button', { name: 'Retry now' })).toBeNull();
  });

  it('say which cluster does not answer, and nothing when all is well', async () => {
    renderInTestApp(
      <>
        <StaleBanner
          clusters={[
            {
              cluster: 'embedded',
              state: 'unreachable',
              message: 'connection refused',
              since: new Date(Date.now() - 40_000).toISOString(),
            },
          ]}
        />
        <StaleBanner clusters={[]} />
        <SimulatedChip what="GPU" />
        <SimulatedChip what={undefined} />
      </>,
    );

    expect(await screen.findAllByRole('status')).toHaveLength(1);
    expect(screen.getByRole('status')).toHaveTextContent(
      'Cluster embedded does not answer since 40 s ago: connection refused',
    );
    expect(screen.getAllByText('simulated')).toHaveLength(1);
    expect(screen.getByTitle('Simulated: GPU')).toBeInTheDocument();
  });
});
