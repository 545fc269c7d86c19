import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePorts } from '../harness/ports';
import { startProgram, type Running } from '../harness/processes';

/** nginx with one worker before the model; undefined where it isn't installed. */
export async function startNginx(origin: string): Promise<Running | undefined> {
  if (spawnSync('nginx', ['-v']).error) {
    return undefined;
  }
  const dir = mkdtempSync(path.join(tmpdir(), 'nginx-'));
  const [port] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const { host } = new URL(origin);
  const file = path.join(dir, 'nginx.conf');
  writeFileSync(
    file,
    `daemon off; master_process off; pid ${dir}/pid; error_log ${dir}/error.log;
events { worker_connections 1024; }
http {
  access_log ${dir}/access.log;
  client_body_temp_path ${dir}/body; proxy_temp_path ${dir}/proxy; fastcgi_temp_path ${dir}/fastcgi;
  uwsgi_temp_path ${dir}/uwsgi; scgi_temp_path ${dir}/scgi;
  # Connections stay, as everybody else's here: by default one ends after 1,000 requests.
  keepalive_requests 1000000000;
  upstream model { server ${host}; keepalive 64; keepalive_requests 1000000000; }
  server {
    listen 127.0.0.1:${port};
    location = /ready { return 200; }
    location / {
      proxy_pass http://model; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_buffering off;
    }
  }
}
`,
  );
  const running = await startProgram('nginx', ['-c', file, '-p', dir], {
    stdout: 'ignore',
    url,
    readyUrl: `${url}/ready`,
  });
  return {
    ...running,
    async stop() {
      await running.stop();
      rmSync(dir, { recursive: true });
    },
  };
}
