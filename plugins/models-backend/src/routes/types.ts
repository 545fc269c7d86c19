import {
  AuthService,
  HttpAuthService,
  LoggerService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import type {
  ModelRuntime,
  PlatformTeams,
} from '@llm-platform/plugin-models-node';
import type { DeploymentWriter } from '../apply';
import type { Authorization } from '../authorization';
import type { ModelsConfig } from '../config';
import type { LogSnapshots } from '../logs';
import type { ServiceWriter } from '../services';
import type { WatchCache } from '../watch';
import type { Routes } from './route';

/** What the routes work with. */
export interface RouteDependencies {
  routes: Routes;
  auth: AuthService;
  httpAuth: HttpAuthService;
  userInfo: UserInfoService;
  logger: LoggerService;
  cache: WatchCache;
  authorization: Authorization;
  config: ModelsConfig;
  teams: PlatformTeams;
  runtimes: ModelRuntime[];
  logs: LogSnapshots;
  writer: DeploymentWriter;
  serviceWriter: ServiceWriter;
}
