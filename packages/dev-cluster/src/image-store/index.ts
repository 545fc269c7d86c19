export { DockerfileError, readDockerfile } from './dockerfile';
export type { CopyStep, Dockerfile } from './dockerfile';
export { ImageStore } from './imageStore';
export type { BuildOptions, StoredImage } from './imageStore';
export { MissingFileError, layOut } from './layOut';
export type { BuildContext } from './layOut';
export { runImage } from './runImage';
