import { readDockerfile } from './dockerfile';

const GATEWAY = `# a comment
FROM node:22-bookworm-slim

WORKDIR /app
COPY --chown=root:root gateway/dist/main.cjs ./main.cjs
ENV NODE_ENV=production GREETING="good day" PORT=8000
EXPOSE 8000
USER 1000
HEALTHCHECK --interval=10s \\
  # between the lines
  CMD ["node", "-e", "1"]
CMD ["node", "main.cjs"]
`;

describe('readDockerfile', () => {
  it('reads what an image consists of', () => {
    expect(readDockerfile(GATEWAY)).toEqual({
      from: 'node:22-bookworm-slim',
      workingDir: '/app',
      copies: [
        { sources: ['gateway/dist/main.cjs'], destination: '/app/main.cjs' },
      ],
      env: { NODE_ENV: 'production', GREETING: 'good day', PORT: '8000' },
      user: '1000',
      healthcheck: ['node', '-e', '1'],
      entrypoint: [],
      cmd: ['node', 'main.cjs'],
    });
  });

  it.each([
    ['COPY a b /data/', { sources: ['a', 'b'], destination: '/data/' }],
    ['COPY a b .', { sources: ['a', 'b'], destination: '/app/' }],
    ['COPY a .', { sources: ['a'], destination: '/app/' }],
    ['COPY ["a b", "c"]', { sources: ['a b'], destination: '/app/c' }],
    ['COPY a /', { sources: ['a'], destination: '/' }],
  ])('reads %s', (line, copy) => {
    const text = `FROM x\nWORKDIR /app\n${line}\nCMD ["node"]`;
    expect(readDockerfile(text).copies).toEqual([copy]);
  });

  it.each([
    ['COPY ../shared /app/shared', /COPY \.\.\/shared: forbidden path/],
    ['COPY a/../../b /', /forbidden path/],
    ['RUN npm ci', /RUN can't be followed/],
    ['COPY --from=build /a /b', /COPY --from=build can't be followed/],
    ['COPY dist/* /app/', /name the files/],
    ['CMD node main.cjs', /as a JSON list, without a shell/],
    ['FROM y', /only one stage/],
    ['ENV A B', /ENV must be written NAME=value/],
  ])('refuses %s and says where', (line, message) => {
    const text = `FROM x\n${line}\nCMD ["node"]`;
    expect(() => readDockerfile(text)).toThrow(message);
    expect(() => readDockerfile(text)).toThrow(/^Dockerfile:2: /);
  });

  it('refuses a file that starts nothing', () => {
    expect(() => readDockerfile('FROM x')).toThrow(
      /neither ENTRYPOINT nor CMD/,
    );
  });
});
