import type {
  GpuProfile,
  PreflightReport,
} from '@llm-platform/plugin-models-common';

type Suggestion = PreflightReport['fit']['suggestions'][number];

/** `Tesla-T4` and `NVIDIA-A10G` are how the driver says T4 and A10G. */
function shortProduct(product: string): string {
  return product.replace(/^(NVIDIA|Tesla)-/i, '').replace(/-/g, ' ');
}

/** What the memory bar is of. */
export function deviceName(profile: GpuProfile): string {
  return profile.gpu ? shortProduct(profile.gpu.product) : 'Memory limit';
}

function shortLabel(
  { change, label }: Suggestion,
  profiles: GpuProfile[],
): string {
  const profile = profiles.find(({ id }) => id === change.profile);
  const parts = [
    change.quantization && change.quantization !== 'none'
      ? change.quantization.toUpperCase()
      : undefined,
    profile && deviceName(profile),
  ].filter(Boolean);
  if (parts.length > 0) {
    return `Use ${parts.join(' on ')}`;
  }
  return change.maxModelLen === undefined
    ? label
    : `Use ${change.maxModelLen.toLocaleString('en-US')} tokens`;
}

/**
 * The report as the panel shows it. Suggestions become buttons, which need a few words (the check's
 * remedy has the long ones); memory that is not known has no bar, since a bar of zeros would be a lie.
 */
export function forPanel(
  report: PreflightReport | undefined,
  profiles: GpuProfile[],
): PreflightReport | undefined {
  if (!report) {
    return undefined;
  }
  const labels = report.fit.suggestions.map(suggestion =>
    shortLabel(suggestion, profiles),
  );
  const suggestions = report.fit.suggestions.map((suggestion, index) => {
    const label = labels[index];
    const unique = labels.indexOf(label) === labels.lastIndexOf(label);
    return unique ? { ...suggestion, label } : suggestion;
  });
  const totalGiB = report.fit.verdict === 'unknown' ? 0 : report.fit.totalGiB;
  return { ...report, fit: { ...report.fit, totalGiB, suggestions } };
}
