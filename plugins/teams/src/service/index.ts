export { EntityServiceCard } from './EntityServiceCard';
