/** One COPY: files of the build context, and where they go in the image. */
export interface CopyStep {
  sources: string[];
  /** Absolute in the image; with a slash at its end it is a directory. */
  destination: string;
}

/** What a Dockerfile says, as far as an image without RUN needs it. */
export interface Dockerfile {
  from: string;
  copies: CopyStep[];
  workingDir: string;
  env: Record<string, string>;
  user?: string;
  healthcheck?: string[];
  entrypoint: string[];
  cmd: string[];
}

/** A Dockerfile that can't be followed here, or by Docker. */
export class DockerfileError extends Error {
  constructor(line: number, message: string) {
    super(`Dockerfile:${line}: ${message}`);
    this.name = 'DockerfileError';
  }
}

/** Say nothing that matters to a local process. */
const WITHOUT_EFFECT = ['EXPOSE', 'LABEL', 'STOPSIGNAL'];

interface Instruction {
  line: number;
  keyword: string;
  rest: string;
}

/**
 * Reads a Dockerfile of one stage that copies and runs nothing while it is
 * built: there is no container here in which a RUN could run.
 *
 * @throws {@link DockerfileError} with the number of the line.
 */
export function readDockerfile(text: string): Dockerfile {
  const file: Dockerfile = {
    from: '',
    copies: [],
    workingDir: '/',
    env: {},
    entrypoint: [],
    cmd: [],
  };
  for (const { line, keyword, rest } of instructions(text)) {
    const fail = (message: string) => new DockerfileError(line, message);
    switch (keyword) {
      case 'FROM':
        if (file.from) {
          throw fail('only one stage can be built on the embedded cluster');
        }
        [file.from] = rest.split(/\s+/);
        break;
      case 'WORKDIR':
        file.workingDir = absolute(file.workingDir, rest);
        break;
      case 'COPY':
        file.copies.push(readCopy(rest, file.workingDir, fail));
        break;
      case 'ENV':
        Object.assign(file.env, readEnv(rest, fail));
        break;
      case 'USER':
        file.user = rest;
        break;
      case 'HEALTHCHECK': {
        const at = rest.search(/(^|\s)CMD\s/);
        if (at >= 0) {
          const command = rest.slice(at).replace(/^\s*CMD\s+/, '');
          file.healthcheck = readExec(command, fail);
        }
        break;
      }
      case 'ENTRYPOINT':
        file.entrypoint = readExec(rest, fail);
        break;
      case 'CMD':
        file.cmd = readExec(rest, fail);
        break;
      default:
        if (!WITHOUT_EFFECT.includes(keyword)) {
          throw fail(
            `${keyword} can't be followed on the embedded cluster, which builds an image by copying files: put what it makes into the build before it`,
          );
        }
    }
  }
  if (!file.from) {
    throw new DockerfileError(1, 'no FROM');
  }
  if (file.entrypoint.length + file.cmd.length === 0) {
    throw new DockerfileError(1, 'neither ENTRYPOINT nor CMD');
  }
  return file;
}

function instructions(text: string): Instruction[] {
  const found: Instruction[] = [];
  let pending: { line: number; text: string } | undefined;
  text.split(/\r?\n/).forEach((raw, index) => {
    if (/^\s*#/.test(raw) || (!pending && raw.trim() === '')) {
      return;
    }
    const start: { line: number; text: string } = pending ?? {
      line: index + 1,
      text: '',
    };
    const continued = /\\\s*$/.test(raw);
    start.text += `${raw.replace(/\\\s*$/, '').trim()} `;
    pending = continued ? start : undefined;
    if (!continued) {
      const [, keyword, rest] = /^(\S+)\s*(.*)$/.exec(start.text.trim())!;
      found.push({ line: start.line, keyword: keyword.toUpperCase(), rest });
    }
  });
  return found;
}

type Fail = (message: string) => DockerfileError;

function readCopy(rest: string, workingDir: string, fail: Fail): CopyStep {
  let words = rest.split(/\s+/);
  while (words[0]?.startsWith('--')) {
    const [flag] = words;
    if (!/^--(chown|chmod)=/.test(flag)) {
      throw fail(`COPY ${flag} can't be followed on the embedded cluster`);
    }
    words = words.slice(1);
  }
  if (words[0]?.startsWith('[')) {
    words = readExec(words.join(' '), fail);
  }
  const destination = words.pop();
  if (!destination || words.length === 0) {
    throw fail('COPY needs a source and a destination');
  }
  for (const source of words) {
    // Docker's own rule, on which the original's images failed to build.
    if (/(^|\/)\.\.(\/|$)/.test(source)) {
      throw fail(
        `COPY ${source}: forbidden path outside the build context (COPY reaches nothing above it; build from a directory that holds all it needs)`,
      );
    }
    if (/[*?[\]]/.test(source)) {
      throw fail(`COPY ${source}: name the files, patterns are not read here`);
    }
  }
  const isDirectory = /(^|\/)\.?$/.test(destination) || words.length > 1;
  const target = absolute(workingDir, destination);
  return {
    sources: words,
    destination: isDirectory ? `${target.replace(/\/$/, '')}/` : target,
  };
}

function readEnv(rest: string, fail: Fail): Record<string, string> {
  const env: Record<string, string> = {};
  const pattern =
    /\s*([A-Za-z_]\w*)=("(?:[^"\\]|\\.)*"|'[^']*'|[^\s"']*)(?=\s|$)/y;
  while (pattern.lastIndex < rest.length) {
    const match = pattern.exec(rest);
    if (!match) {
      throw fail(`ENV must be written NAME=value: ${rest}`);
    }
    const [, name, value] = match;
    env[name] = /^["']/.test(value) ? value.slice(1, -1) : value;
  }
  return env;
}

function readExec(text: string, fail: Fail): string[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    parsed = undefined;
  }
  if (!Array.isArray(parsed) || !parsed.every(x => typeof x === 'string')) {
    // With a shell in between, SIGTERM doesn't reach the service.
    throw fail(`write the command as a JSON list, without a shell: ${text}`);
  }
  return parsed;
}

function absolute(workingDir: string, path: string): string {
  const joined = path.startsWith('/') ? path : `${workingDir}/${path}`;
  const parts: string[] = [];
  for (const part of joined.split('/')) {
    if (part === '..') {
      parts.pop();
    } else if (part !== '' && part !== '.') {
      parts.push(part);
    }
  }
  return `/${parts.join('/')}`;
}
