import { PanelsBackend, authorizationOf } from './PanelsBackend';
import { StandInPrometheus, curveOf } from './StandInPrometheus';
async function main(){
 const p=await StandInPrometheus.start(e=>[1,2,3].map(i=>({labels:{model:`m${i}`,team:'quant'},valueAt:curveOf(e+i)})));
 const b=await PanelsBackend.start({prometheusUrl:p.url,dashboardsDir:'../../packages/platform/dashboards',pageDir:'.'});
 const h={authorization:authorizationOf({name:'a',team:'quant'}),'content-type':'application/json'};
 const to=Date.now();
 const r=await fetch(b.url+'/api/grafana-panels/v1/query',{method:'POST',headers:h,body:JSON.stringify({dataSource:{kind:'prometheus',cluster:'bench'},from:to-6*3600e3,to,queries:[{refId:'A',expr:'sum by (model) (rate(x[5m]))',stepSeconds:60}]})});
 console.log(r.status,r.headers.get('content-encoding'));const t=await r.text();console.log(t.length,t.slice(0,300),t.slice(-300));
 console.log((await (await fetch(b.url+'/api/grafana-panels/v1/dashboards',{headers:h})).text()).slice(0,600));
 console.log((await fetch(b.url+'/bench/x.ts')).status, p.queries);
 await b.stop();await p.stop();
}
main();
