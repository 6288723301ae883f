// Which mistake is switched on; 0 for none.
package mutants_pkg;
  function automatic int pick();
    int number;
    if (!$value$plusargs("mutant=%d", number)) number = 0;
    return number;
  endfunction
  int chosen = pick();
endpackage
