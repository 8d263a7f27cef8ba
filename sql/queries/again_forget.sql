-- Forget all nights, to be done again. False, and nothing is forgotten, when somebody was told of one or acted upon it.
select forget_filled_in();
