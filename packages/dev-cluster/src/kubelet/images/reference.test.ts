import { canonicalImage, parseImage } from './reference';

describe('parseImage', () => {
  it.each([
    ['busybox', 'docker.io/library/busybox:latest'],
    ['vllm/vllm-openai:v0.11.0', 'docker.io/vllm/vllm-openai:v0.11.0'],
    ['localhost:5000/a/b:1', 'localhost:5000/a/b:1'],
    ['docker.io/redis:7', 'docker.io/library/redis:7'],
    [
      `public.ecr.aws/x/y@sha256:${'a'.repeat(64)}`,
      `public.ecr.aws/x/y@sha256:${'a'.repeat(64)}`,
    ],
  ])('reads %s as %s', (image, canonical) => {
    expect(canonicalImage(parseImage(image))).toBe(canonical);
  });

  it('adds the default tag only to the name without one', () => {
    expect(parseImage('busybox').name).toBe('busybox:latest');
    expect(parseImage('busybox:1').name).toBe('busybox:1');
  });

  it.each([
    [
      'vllm/VLLM-OpenAI:latest',
      'invalid reference format: repository name (vllm/VLLM-OpenAI) must be lowercase',
    ],
    [
      'VLLM',
      'invalid reference format: repository name (library/VLLM) must be lowercase',
    ],
    ['a b', 'invalid reference format'],
    ['image:', 'invalid reference format'],
    ['image@sha256:xyz', 'invalid reference format'],
    ['', 'invalid reference format'],
  ])('refuses "%s"', (image, detail) => {
    expect(() => parseImage(image)).toThrow(
      `couldn't parse image name "${image}": ${detail}`,
    );
  });
});
