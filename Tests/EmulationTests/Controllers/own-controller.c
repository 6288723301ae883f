// A small controller of the mailbox protocol in C, written from the documents alone: configure, setActivation, setPulseTimes,
// program and infer of a network against a reference. calibrate is a stub, and requests are taken on trust.
#include "board.h"
typedef int32_t i32; typedef uint32_t u32; typedef int64_t i64;
void *memset(void*d,int c,unsigned n){ volatile char*p=d; while(n--)*p++=(char)c; return d; }
void *memcpy(void*d,const void*s,unsigned n){ char*p=d; const char*q=s; while(n--)*p++=*q++; return d; }
static u32 I,H,O,win[2],head; static int configured,timed; static u32 left;
static u32 settab[65],restab[65];
static i32 c_[64]; static int16_t h_[64]; static i32 x_[64];
static u32 wl[2],bl[2],adc[2]; static i32 F;
static i32 hu(i64 x,int s){ return s? (i32)((x+((i64)1<<(s-1)))>>s):(i32)x; }
static i32 sat16(i32 x){ return x>32767?32767:x<-32768?-32768:x; }
static u32 take(void){ left--; return HOST_DATA; }
static void send(u32 w){ HOST_DATA=w; }
static void drop(void){ while(left){ (void)take(); } }
static void refuse(u32 s){ drop(); send(s); if(s==6) for(int t=0;t<2;t++){u32 e=MBX_TILE_ERROR(t); send(e); MBX_TILE_ERROR(t)=e;} }
static u32 udiv64(uint64_t n,uint64_t d){ uint64_t q=0,r=0; for(int i=63;i>=0;i--){ r=(r<<1)|((n>>i)&1); if(r>=d){r-=d;q|=1ull<<i;} } return q>0xffffffffull?0xffffffffu:(u32)q; }
static void go(int t,u32 op){ MBX_TILE_START(t)=op; (void)MBX_TILE_WAIT(t); }
static i32 sense(int t,u32 l){ u32 w=MBX_TILE_SENSE(t,l/2); i32 k=l&1?MBX_TILE_SENSE_ODD_OF(w):MBX_TILE_SENSE_EVEN_OF(w); return k<<(16-adc[t]); }
static void select_(int t,u32 r){ for(u32 i=0;i<wl[t];i+=2) MBX_TILE_DRIVE(t,i/2)=MBX_TILE_DRIVE_EVEN(i==r?F:0)|MBX_TILE_DRIVE_ODD(i+1==r?F:0); }
static i32 tm(const u32*tab,i32 p){ if(p<0)p=0; if(p>32768)p=32768; u32 x=p>>9; if(x>63)x=63; i32 f=p-512*(i32)x; return (i32)tab[x]+(i32)(((i64)((i32)tab[x+1]-(i32)tab[x])*f)>>9); }
static i32 width(i32 now,i32 then){ if(now==then)return 0; const u32*t=then>now?settab:restab; i32 d=tm(t,then)-tm(t,now); i32 w=(d+8)>>4; if(w<1)w=1; if(w>32767)w=32767; return then>now?w:-w; }
static int errors(void){ return MBX_TILE_ERROR(0)||MBX_TILE_ERROR(1); }
int main(void){
  HOST_IRQ_ENABLE=1; __asm__ volatile("csrs mie,%0"::"r"(1u<<11));
  for(;;){
    while(HOST_LEVEL==0) __asm__ volatile("wfi");
    u32 cmd=HOST_DATA; left=HOST_DATA;
    switch(cmd){
    case 1: send(0); send(1); break;
    case 2: {
      I=take();H=take();O=take();win[0]=take();win[1]=take();head=take();
      for(int t=0;t<2;t++){ u32 g=MBX_TILE_GEOMETRY(t),cv=MBX_TILE_CONVERTERS(t); wl[t]=MBX_TILE_GEOMETRY_WORD_LINES_OF(g); bl[t]=MBX_TILE_GEOMETRY_BIT_LINES_OF(g); adc[t]=MBX_TILE_CONVERTERS_ADC_BITS_OF(cv); F=(1<<(MBX_TILE_CONVERTERS_DAC_BITS_OF(cv)-1))-1; }
      if(wl[0]<I+H+1||bl[0]<4*H){ refuse(5); break; }
      u32 word=0; for(u32 c=0;c<4*H;c++){ word|=(c/H==2?2u:1u)<<(2*(c%16)); if(c%16==15||c==4*H-1){ MBX_TILE_ACTIVATION(0,c/16)=word; word=0; } }
      for(int t=0;t<2;t++){ uint64_t D=(uint64_t)(MBX_TILE_CONDUCTANCE(t,1)-MBX_TILE_CONDUCTANCE(t,0))*MBX_TILE_READ_VOLTAGE(t)*F; D>>=1; 
        D=(uint64_t)(MBX_TILE_CONDUCTANCE(t,1)-MBX_TILE_CONDUCTANCE(t,0))*MBX_TILE_READ_VOLTAGE(t)*F/2;
        u32 hd=t?head:0; uint64_t uv=((uint64_t)102400*win[t])>>(8+hd);
        MBX_TILE_UNLOCK(t)=MBX_TILE_UNLOCK_KEY; MBX_TILE_FEEDBACK(t,0)=udiv64(uv*1000000000ull+D/2,D); MBX_TILE_FEEDBACK(t,1)=udiv64(409600ull*1000000000ull+D/2,D); MBX_TILE_UNLOCK(t)=0; }
      configured=1; if(errors())refuse(6); else send(0); break; }
    case 3: { u32 b=take(),n=take(),r=take(); volatile u32*base=(volatile u32*)(MBX_BASE+(b?0x200u:0x100u)); base[1]=r; for(u32 k=0;k<n;k++)base[0x10+k]=take(); for(u32 k=0;k<n;k++)base[0x20+k]=take(); base[0]=n; send(0); break; }
    case 4: (void)take(); send(0);send(0);send(0);send(0);send(0); break;
    case 5: { for(int k=0;k<65;k++)settab[k]=take(); for(int k=0;k<65;k++)restab[k]=take(); drop(); timed=1; send(0); break; }
    case 6: { if(!configured||!timed){refuse(4);break;}
      u32 t=take(); i32 tol=(i32)take(); u32 rounds=take(); (void)take(); u32 rows=t?H+1:I+H+1, cols=t?O:4*H; u32 missed=0,made=0,reads=0; i32 worst=0;
      MBX_TILE_UNLOCK(t)=MBX_TILE_UNLOCK_KEY;
      for(u32 r=0;r<rows;r++){ i32 tg[256]; for(u32 c=0;c<cols;c+=2){ u32 w=take(); tg[c]=(int16_t)w; tg[c+1]=(int16_t)(w>>16);} select_(t,r); u32 k=0; for(;;){ go(t,0x31); reads++; int work=0; i32 sh[256]; for(u32 c=0;c<cols;c++){ sh[c]=2*sense(t,c); i32 e=tg[c]-sh[c]; if(e<0)e=-e; if(e>tol)work++; }
          if(!work||k==rounds){ for(u32 c=0;c<cols;c++){i32 e=tg[c]-sh[c]; if(e<0)e=-e; if(e>worst)worst=e;} missed+=work; break; }
          for(u32 c=0;c<cols;c++){ i32 e=tg[c]-sh[c]; if((e<0?-e:e)>tol){ i32 w=width((32768+sh[c])>>1,(32768+tg[c])>>1); MBX_TILE_PULSE(t,c)=w&0xffff; } }
          go(t,3|r<<16); k++; made++; } }
      MBX_TILE_UNLOCK(t)=0; if(MBX_TILE_ERROR(t)){refuse(6);break;} send(0);send(worst);send(missed);send(made);send(reads); break; }
    case 7: { if(!configured){refuse(4);break;} u32 T=take(); for(u32 k=0;k<H;k++){c_[k]=0;h_[k]=0;}
      for(u32 s=0;s<T;s++){ for(u32 k=0;k<I;k+=2){u32 w=take(); x_[k]=hu((i64)(int16_t)w*F,15); x_[k+1]=hu((i64)(int16_t)(w>>16)*F,15);} 
        i32 L[128]; for(u32 k=0;k<128;k++)L[k]=0; for(u32 k=0;k<I;k++)L[k]=x_[k]; for(u32 k=0;k<H;k++)L[I+k]=hu((i64)h_[k]*F,15); L[I+H]=F;
        for(u32 l=0;l<wl[0];l+=2) MBX_TILE_DRIVE(0,l/2)=MBX_TILE_DRIVE_EVEN(L[l])|MBX_TILE_DRIVE_ODD(l+1<wl[0]?L[l+1]:0);
        go(0,1); i32 g[256]; for(u32 c=0;c<4*H;c++)g[c]=sense(0,c);
        for(u32 k=0;k<H;k++) c_[k]=sat16(hu(8*(i64)g[H+k]*c_[k]+(i64)g[k]*g[2*H+k],18));
        for(u32 k=0;k<H;k+=2){ MBX_SCALAR_TANH=MBX_SCALAR_TANH_EVEN(c_[k])|MBX_SCALAR_TANH_ODD(k+1<H?c_[k+1]:0); u32 v=MBX_SCALAR_VALUE; h_[k]=sat16(hu((i64)g[3*H+k]*MBX_SCALAR_VALUE_EVEN_OF(v),15)); if(k+1<H)h_[k+1]=sat16(hu((i64)g[3*H+k+1]*MBX_SCALAR_VALUE_ODD_OF(v),15)); } }
      for(u32 l=0;l<wl[1];l+=2){ i32 a=l<H?hu((i64)h_[l]*F,15):l==H?F:0, b=l+1<H?hu((i64)h_[l+1]*F,15):l+1==H?F:0; MBX_TILE_DRIVE(1,l/2)=MBX_TILE_DRIVE_EVEN(a)|MBX_TILE_DRIVE_ODD(b); }
      go(1,0x21); i32 y[64]; u32 best=0; for(u32 k=0;k<O;k++){y[k]=sense(1,k); if(y[k]>y[best])best=k;} y[O]=0;
      if(errors()){refuse(6);break;} send(0);send(best); for(u32 k=0;k<O;k+=2) send((u32)(y[k]&0xffff)|((u32)(k+1<O?y[k+1]:0)<<16)); break; }
    case 10: send(0); return 0;
    default: refuse(1);
    }
  }
}
