import { V1Deployment, V1Node, V1Pod } from '@kubernetes/client-node';
import { NODES } from '../nodes';
import { metricsText } from './family';
import { cardsOf, startGpuMeter } from './gpus';
import { KubeState, kubeStateFamilies } from './kube-state';
import { capacityOf, kubeletFamilies, mountedClaims } from './kubelet';

const GPU_NODE = NODES.find(node => node.taints.length > 0)!;

function pod(name: string, more: Partial<V1Pod> = {}): V1Pod {
  return {
    metadata: { name, namespace: 'quant', uid: `uid-${name}` },
    ...more,
  };
}

describe('what kube-state-metrics would say', () => {
  const nothing: KubeState = {
    pods: [],
    deployments: [],
    daemonSets: [],
    nodes: [],
    namespaces: [],
    claims: [],
    quotas: [],
  };
  const text = (state: Partial<KubeState>) =>
    metricsText(kubeStateFamilies({ ...nothing, ...state }));

  it('tells of a pod that crashes', async () => {
    const said = await text({
      pods: [
        pod('model', {
          spec: {
            nodeName: 'n',
            containers: [
              {
                name: 'vllm',
                resources: {
                  requests: { cpu: '250m', memory: '1Gi' },
                  limits: { 'nvidia.com/gpu': '1' },
                },
              },
            ],
          },
          status: {
            phase: 'Running',
            conditions: [{ type: 'Ready', status: 'False' }],
            containerStatuses: [
              {
                name: 'vllm',
                image: 'i',
                imageID: '',
                ready: false,
                restartCount: 3,
                state: { waiting: { reason: 'CrashLoopBackOff' } },
              },
            ],
          },
        }),
      ],
    });
    const of = 'namespace="quant",pod="model",uid="uid-model"';
    const lines = said.split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        `kube_pod_status_phase{${of},phase="Running"} 1`,
        `kube_pod_status_phase{${of},phase="Pending"} 0`,
        `kube_pod_status_ready{${of},condition="false"} 1`,
        '# TYPE kube_pod_container_status_restarts_total counter',
        `kube_pod_container_status_restarts_total{${of},container="vllm"} 3`,
        `kube_pod_container_status_waiting_reason{${of},container="vllm",reason="CrashLoopBackOff"} 1`,
        `kube_pod_container_resource_requests{${of},container="vllm",node="n",resource="cpu",unit="core"} 0.25`,
        `kube_pod_container_resource_requests{${of},container="vllm",node="n",resource="memory",unit="byte"} 1073741824`,
        `kube_pod_container_resource_limits{${of},container="vllm",node="n",resource="nvidia_com_gpu",unit="integer"} 1`,
      ]),
    );
  });

  it('tells of a rollout, and says nothing that it does not know', async () => {
    const deployment: V1Deployment = {
      metadata: { name: 'api', namespace: 'quant', generation: 4 },
      spec: { replicas: 2, selector: {}, template: {} },
      status: { availableReplicas: 1, unavailableReplicas: 1 },
    };
    const lines = (await text({ deployments: [deployment] })).split('\n');
    const of = 'namespace="quant",deployment="api"';
    expect(lines).toEqual(
      expect.arrayContaining([
        `kube_deployment_metadata_generation{${of}} 4`,
        `kube_deployment_status_replicas_available{${of}} 1`,
        `kube_deployment_spec_replicas{${of}} 2`,
      ]),
    );
    expect(lines.join('\n')).not.toContain('observed_generation');
  });

  it('tells of nodes and of who owns a namespace', async () => {
    const node: V1Node = {
      metadata: { name: 'n' },
      status: {
        allocatable: { cpu: '3920m', 'nvidia.com/gpu': '1' },
        conditions: [{ type: 'Ready', status: 'Unknown' }],
      },
    };
    const lines = (
      await text({
        nodes: [node],
        namespaces: [
          {
            metadata: {
              name: 'quant',
              labels: { 'llm-platform.dev/team': 'quant', other: 'x' },
            },
            status: { phase: 'Active' },
          },
        ],
      })
    ).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'kube_node_status_allocatable{node="n",resource="cpu",unit="core"} 3.92',
        'kube_node_status_condition{node="n",condition="Ready",status="unknown"} 1',
        'kube_namespace_labels{namespace="quant",label_llm_platform_dev_team="quant"} 1',
      ]),
    );
  });

  it('is empty for an empty cluster', async () => {
    expect((await text({})).trim()).toBe('');
  });
});

describe('what the DCGM exporter would say', () => {
  const holder = pod('model', {
    spec: {
      nodeName: GPU_NODE.name,
      containers: [
        {
          name: 'vllm',
          args: ['--gpu-memory-utilization=0.5'],
          resources: { limits: { 'nvidia.com/gpu': '1' } },
        },
      ],
    },
    status: {
      phase: 'Running',
      containerStatuses: [
        {
          name: 'vllm',
          image: 'i',
          imageID: '',
          ready: true,
          restartCount: 0,
        },
      ],
    },
  });

  /** A meter whose clock, pods and processor time the test sets. */
  function meter(pods: V1Pod[]) {
    const world = { now: 0, cpu: 0 as number | undefined, pods };
    const started = startGpuMeter({
      cards: () => cardsOf(GPU_NODE, world.pods),
      pid: () => 7,
      cpuSeconds: () => world.cpu,
      cores: 2,
      now: () => world.now,
    });
    const value = async (name: string) => {
      const said = await metricsText(started.families());
      return Number(
        new RegExp(`^DCGM_FI_DEV_${name}\\{.*\\} (.*)$`, 'm').exec(said)?.[1],
      );
    };
    return {
      value,
      after(seconds: number, more: Partial<typeof world>) {
        world.now += seconds;
        Object.assign(world, more);
        started.read();
      },
      text: () => metricsText(started.families()),
    };
  }

  it('names the card and its holder', async () => {
    const said = await meter([holder]).text();
    expect(said).toMatch(
      /DCGM_FI_DEV_FB_USED\{gpu="0",UUID="GPU-[0-9a-f-]{36}",pci_bus_id="00000000:00:1E.0",device="nvidia0",modelName="Tesla T4",Hostname="ip-10-0-1-21[^"]*",DCGM_FI_DRIVER_VERSION="[^"]+",namespace="quant",pod="model",container="vllm"\} 7680/,
    );
    expect(await meter([holder]).value('FB_FREE')).toBe(7680);
  });

  it('works as much as the holder’s process does', async () => {
    const gpu = meter([holder]);
    expect(await gpu.value('GPU_UTIL')).toBe(0);
    const idle = await gpu.value('POWER_USAGE');
    gpu.after(10, { cpu: 10 });
    expect(await gpu.value('GPU_UTIL')).toBe(50);
    expect(await gpu.value('POWER_USAGE')).toBeGreaterThan(idle);
    const warm = await gpu.value('GPU_TEMP');
    gpu.after(60, { cpu: 130 });
    expect(await gpu.value('GPU_UTIL')).toBe(100);
    expect(await gpu.value('GPU_TEMP')).toBeGreaterThan(warm);
    expect(await gpu.value('POWER_USAGE')).toBe(70);
    const energy = await gpu.value('TOTAL_ENERGY_CONSUMPTION');
    gpu.after(5, { cpu: 130 });
    expect(await gpu.value('GPU_UTIL')).toBe(0);
    expect(await gpu.value('TOTAL_ENERGY_CONSUMPTION')).toBeGreaterThan(energy);
  });

  it('is free and cool when nobody holds it, or its holder has ended', async () => {
    const gpu = meter([]);
    expect(await gpu.text()).not.toContain('namespace=');
    expect(await gpu.value('FB_USED')).toBe(0);
    const held = meter([holder]);
    held.after(5, { cpu: undefined });
    expect(await held.value('FB_USED')).toBe(0);
    held.after(5, {
      pods: [pod('done', { ...holder, status: { phase: 'Failed' } })],
    });
    expect(await held.text()).not.toContain('pod=');
  });

  it('takes a clock that stands still, and another process of the same pod', async () => {
    const gpu = meter([holder]);
    gpu.after(0, { cpu: 3 });
    expect(await gpu.value('GPU_UTIL')).toBe(0);
    gpu.after(5, { cpu: 1 });
    expect(await gpu.value('GPU_UTIL')).toBe(0);
  });
});

describe('what a kubelet would say', () => {
  const claim = {
    metadata: { namespace: 'quant', name: 'data' },
    spec: { volumeName: 'pvc-1' },
    status: { capacity: { storage: '1Ki' } },
  };

  it('tells how full the volumes of its pods are, each once', async () => {
    const spec = {
      nodeName: 'n',
      containers: [],
      volumes: [
        { name: 'data', persistentVolumeClaim: { claimName: 'data' } },
        { name: 'new', persistentVolumeClaim: { claimName: 'unbound' } },
      ],
    };
    const found = mountedClaims(
      'n',
      [
        pod('a', { spec }),
        pod('b', { spec }),
        pod('c', { spec: { ...spec, nodeName: 'other' } }),
      ],
      (_, name) =>
        name === 'data' ? claim : { ...claim, spec: {}, status: {} },
    );
    expect(found).toEqual([claim]);
    expect(capacityOf(claim)).toBe(1024);

    const lines = (
      await metricsText(
        kubeletFamilies(
          [
            {
              namespace: 'quant',
              claim: 'data',
              capacityBytes: 1024,
              usedBytes: 4096,
            },
          ],
          2,
        ),
      )
    ).split('\n');
    const of = 'namespace="quant",persistentvolumeclaim="data"';
    expect(lines).toEqual(
      expect.arrayContaining([
        `kubelet_volume_stats_capacity_bytes{${of}} 1024`,
        `kubelet_volume_stats_used_bytes{${of}} 4096`,
        // More than it holds is no space, not less than none.
        `kubelet_volume_stats_available_bytes{${of}} 0`,
        'kubelet_running_pods 2',
      ]),
    );
  });
});
