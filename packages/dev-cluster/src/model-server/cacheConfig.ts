import type { ServerArguments } from './arguments';
import type { MemoryFigures } from './startup';

const python = (value: boolean) => (value ? 'True' : 'False');

/** The labels of `vllm:cache_config_info`, as vLLM 0.11.0 has them. */
export function cacheConfigLabels(
  args: ServerArguments,
  memory: MemoryFigures,
  cpuKvCacheBytes: number | undefined,
): Record<string, string> {
  return {
    block_size: String(args.blockSize),
    cache_dtype: args.kvCacheDtype,
    calculate_kv_scales: 'False',
    cpu_kvcache_space_bytes: String(cpuKvCacheBytes ?? 'None'),
    cpu_offload_gb: '0',
    enable_prefix_caching: python(args.enablePrefixCaching),
    gpu_memory_utilization: String(args.gpuMemoryUtilization),
    is_attention_free: 'False',
    kv_cache_memory_bytes: 'None',
    kv_sharing_fast_prefill: 'False',
    mamba_cache_dtype: 'auto',
    mamba_page_size_padded: 'None',
    mamba_ssm_cache_dtype: 'auto',
    num_cpu_blocks: '0',
    num_gpu_blocks: String(memory.kvBlocks),
    num_gpu_blocks_override: 'None',
    prefix_caching_hash_algo: 'sha256',
    sliding_window: 'None',
    swap_space: String(args.swapSpace),
  };
}
